package dev.tiercel.benchmarks.scorecard;

import dev.tiercel.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;

/** How much several threads get done in a second. */
final class Throughput {
  private static final int READERS = 2;
  private static final int WRITERS = 4;
  private static final Duration MEASURED = Duration.ofSeconds(5);
  private static final int SAVED_TASKS = 50;

  private Throughput() {}

  /** Reads per second. */
  static double reads(Side side, List<Mix.Read> reads)
      throws InterruptedException, ExecutionException {
    return perSecond(
        READERS,
        thread -> {
          int start = thread * reads.size() / READERS;
          return n -> reads.get((start + n) % reads.size()).on(side);
        });
  }

  /** Durable writes per second: every other one adds a task, the others save a known one. */
  static double writes(Side side, Sample sample) throws InterruptedException, ExecutionException {
    LongAdder added = new LongAdder();
    long before = side.listEverything();
    double rate = writes(side, sample, added);
    long after = side.listEverything();
    if (after != before + added.sum()) {
      throw new IllegalStateException(
          "%s had %d tasks and added %d, but has %d"
              .formatted(side.name(), before, added.sum(), after));
    }
    return rate;
  }

  private static double writes(Side side, Sample sample, LongAdder added)
      throws InterruptedException, ExecutionException {
    return perSecond(
        WRITERS,
        thread -> {
          List<Task> own = new ArrayList<>();
          for (int i = thread; i < sample.ids().size() && own.size() < SAVED_TASKS; i += WRITERS) {
            own.add(side.findById(sample.ids().get(i)).orElseThrow());
          }
          return n -> {
            int at = n / 2 % Math.max(1, own.size());
            if (n % 2 == 0 || own.isEmpty()) {
              side.add(Task.titled("Added by writer " + thread));
              added.increment();
            } else {
              own.set(at, side.save(own.get(at).withTitle("Saved by writer " + thread + ", " + n)));
            }
          };
        });
  }

  private interface Worker {
    Rates.Step of(int thread);
  }

  private static double perSecond(int threads, Worker worker)
      throws InterruptedException, ExecutionException {
    List<Rates.Step> steps = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      steps.add(worker.of(i));
    }
    return Rates.perSecond(steps, MEASURED).stream().mapToDouble(rate -> rate).sum();
  }
}
