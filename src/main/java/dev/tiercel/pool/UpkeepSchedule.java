package dev.tiercel.pool;

import java.lang.ref.WeakReference;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a pool's upkeep again and again until it is stopped, or until nobody reaches the pool any
 * more: it holds the pool weakly, so a pool that was never closed does not live for ever.
 */
final class UpkeepSchedule {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectPool.class);

  private final WeakReference<ObjectPool<?>> pool;
  private final ScheduledExecutorService executor;
  private final boolean own;
  private volatile @Nullable Future<?> schedule;
  private volatile boolean stopped;

  UpkeepSchedule(ObjectPool<?> pool, @Nullable ScheduledExecutorService given) {
    this.pool = new WeakReference<>(pool);
    this.own = given == null;
    this.executor = given == null ? ownThread(pool.name()) : given;
  }

  void start(long everyNanos) {
    schedule = executor.scheduleWithFixedDelay(this::run, 0, everyNanos, TimeUnit.NANOSECONDS);
  }

  void stop() {
    stopped = true;
    Future<?> running = schedule;
    if (running != null) {
      running.cancel(false);
    }
    if (own) {
      executor.shutdown();
    }
  }

  private void run() {
    ObjectPool<?> reached = pool.get();
    if (stopped || reached == null) {
      stop();
      return;
    }
    try {
      reached.upkeep();
    } catch (Throwable e) { // Or it would never run again.
      LOG.warn("upkeep of the pool '{}' failed and goes on next time", reached.name(), e);
    }
  }

  private static ScheduledExecutorService ownThread(String pool) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, "tiercel-pool-" + pool);
          thread.setDaemon(true);
          return thread;
        });
  }
}
