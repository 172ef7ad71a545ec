package dev.tiercel.benchmarks.scorecard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How often threads that run at the same time get something done. */
public final class Rates {
  private static final long WARM_UP = 1_000_000_000L;

  private Rates() {}

  /** What one thread does again and again. */
  public interface Step {
    /**
     * Does it once. What the naive repository gives up, because others hold the lock, does not
     * count.
     *
     * @param n how often it was done or given up before
     */
    void run(int n);
  }

  /**
   * Runs each step on a thread of its own, for a second before it counts.
   *
   * @param steps the steps
   * @param measured how long it counts
   * @return how often each was done in a second
   * @throws InterruptedException if this thread is interrupted
   * @throws ExecutionException if a step throws
   */
  public static List<Double> perSecond(List<Step> steps, Duration measured)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(steps.size());
    try {
      long from = System.nanoTime() + WARM_UP;
      List<Future<Double>> running = new ArrayList<>();
      for (Step step : steps) {
        running.add(pool.submit(() -> rate(step, from, measured.toNanos())));
      }
      List<Double> rates = new ArrayList<>();
      for (Future<Double> one : running) {
        rates.add(one.get());
      }
      return rates;
    } finally {
      pool.shutdownNow();
    }
  }

  /** The rate of one thread; what it began before the end is finished and its time counted. */
  private static double rate(Step step, long from, long nanos) {
    long done = 0;
    long first = 0;
    for (int n = 0; ; n++) {
      long now = System.nanoTime();
      if (now - from >= 0 && first == 0) {
        first = now;
        done = 0;
      }
      if (first != 0 && now - first >= nanos) {
        return done * 1e9 / (now - first);
      }
      try {
        step.run(n);
        done++;
      } catch (NaiveRepository.Busy e) {
        // It gave up waiting for the lock.
      }
    }
  }
}
