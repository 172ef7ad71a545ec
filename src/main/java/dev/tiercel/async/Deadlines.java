package dev.tiercel.async;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Tells when the time of a call is over. */
record Deadlines(ScheduledExecutorService timer, LongSupplier nanos) {
  /** Longer than anybody waits, and far from where nanoseconds overflow. */
  static final Duration LONGEST = Duration.ofDays(36_500);

  static Duration capped(Duration time) {
    return time.compareTo(LONGEST) > 0 ? LONGEST : time;
  }

  long at(Duration fromNow) {
    return nanos.getAsLong() + fromNow.toNanos();
  }

  boolean isPast(long at) {
    return nanos.getAsLong() - at >= 0;
  }

  Future<?> alarm(long at, Runnable late) {
    return timer.schedule(late, Math.max(0, at - nanos.getAsLong()), TimeUnit.NANOSECONDS);
  }
}
