package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.benchmarks.scorecard.Rates.Step;
import java.util.concurrent.locks.LockSupport;

/** Takes a step so and so often a second, or as often as it gets done; used by one thread. */
final class Paced implements Step {
  private final long every;
  private final Step step;
  private long due;

  Paced(int perSecond, Step step) {
    this.every = 1_000_000_000L / perSecond;
    this.step = step;
  }

  @Override
  public void run(int n) {
    due = n == 0 ? System.nanoTime() : due + every;
    long wait = due - System.nanoTime();
    while (wait > 0) {
      LockSupport.parkNanos(wait);
      wait = due - System.nanoTime();
    }
    step.run(n);
  }
}
