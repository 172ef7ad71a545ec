package dev.tiercel.benchmarks.scorecard;

import dev.tiercel.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/** How much several threads get done in a second. */
final class Throughput {
  private static final int READERS = 2;
  private static final int WRITERS = 4;
  private static final long WARM_UP = 1_000_000_000L;
  private static final long MEASURED = 5_000_000_000L;
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

  /** What one thread does for the n-th time. */
  private interface Step {
    void run(int n);
  }

  private interface Worker {
    Step of(int thread);
  }

  private static double perSecond(int threads, Worker worker)
      throws InterruptedException, ExecutionException {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      steps.add(worker.of(i));
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      long from = System.nanoTime() + WARM_UP;
      List<Future<Double>> rates = new ArrayList<>();
      for (Step step : steps) {
        rates.add(pool.submit(() -> rate(step, from)));
      }
      double sum = 0;
      for (Future<Double> rate : rates) {
        sum += rate.get();
      }
      return sum;
    } finally {
      pool.shutdownNow();
    }
  }

  /** The rate of one thread; what it began before the end is finished and its time counted. */
  private static double rate(Step step, long from) {
    long measured = 0;
    long first = 0;
    for (int n = 0; ; n++) {
      long now = System.nanoTime();
      if (now - from >= 0 && first == 0) {
        first = now;
        measured = 0;
      }
      if (first != 0 && now - first >= MEASURED) {
        return measured * 1e9 / (now - first);
      }
      try {
        step.run(n);
        measured++;
      } catch (NaiveRepository.Busy e) {
        // The naive repository gave up waiting for the lock: this write does not count.
      }
    }
  }
}
