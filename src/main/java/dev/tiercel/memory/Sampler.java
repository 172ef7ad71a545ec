package dev.tiercel.memory;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a sample again and again, until it is closed, whatever one of them throws. */
final class Sampler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryProfiler.class);

  private final Duration every;
  private final Runnable sample;
  private final ScheduledExecutorService timer;
  private final boolean own;

  // Mutable state, guarded by: this
  private boolean closed;
  private @Nullable Future<?> next;

  /**
   * A sampler that has not begun.
   *
   * @param given the schedule, which is not stopped here; null for a thread of its own
   */
  Sampler(Duration every, Runnable sample, @Nullable ScheduledExecutorService given) {
    this.every = every;
    this.sample = sample;
    this.own = given == null;
    this.timer = given == null ? ownTimer() : given;
  }

  private static ScheduledExecutorService ownTimer() {
    ScheduledThreadPoolExecutor made =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "tiercel-memory");
              thread.setDaemon(true);
              return thread;
            });
    made.setRemoveOnCancelPolicy(true);
    made.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return made;
  }

  /** Takes the first one at once. */
  void begin() {
    plan(Duration.ZERO);
  }

  private synchronized void plan(Duration delay) {
    if (!closed) {
      try {
        next = timer.schedule(this::run, delay.toNanos(), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        LOG.warn("no more memory samples: their schedule was shut down", e);
      }
    }
  }

  private void run() {
    try {
      sample.run();
    } catch (Throwable e) {
      LOG.warn("a memory sample failed", e);
    } finally {
      plan(every);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (next != null) {
      next.cancel(false);
    }
    if (own) {
      timer.shutdown();
    }
  }
}
