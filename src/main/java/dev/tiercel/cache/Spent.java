package dev.tiercel.cache;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts calls and the time they take. Thread-safe. */
final class Spent {
  private final LongAdder calls = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  /** Makes a call, which counts however it ends. */
  <T extends @Nullable Object> T of(Supplier<T> call) {
    long begun = System.nanoTime();
    try {
      return call.get();
    } finally {
      nanos.add(System.nanoTime() - begun);
      calls.increment();
    }
  }

  long calls() {
    return calls.sum();
  }

  Duration time() {
    return Duration.ofNanos(nanos.sum());
  }
}
