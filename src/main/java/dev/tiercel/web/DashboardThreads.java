package dev.tiercel.web;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A few daemon threads that talk to clients. Whoever blocks one for too long, because it reads its
 * stream slowly or sends half a request, loses its connection: the thread is interrupted, which
 * closes the channel that it waits for. Thread-safe.
 */
final class DashboardThreads implements Executor, AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long CLOSE_MILLIS = 500;

  private final ThreadPoolExecutor pool;
  private final LongSupplier nanoTime;
  private final Set<Running> running = ConcurrentHashMap.newKeySet();

  DashboardThreads(int most, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.pool =
        new ThreadPoolExecutor(
            most, most, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DashboardThreads::thread);
    pool.allowCoreThreadTimeOut(true);
  }

  static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "tiercel-dashboard");
    thread.setDaemon(true);
    return thread;
  }

  /** Does something that is interrupted when it takes too long. */
  @Override
  public void execute(Runnable work) {
    pool.execute(
        () -> {
          Running now = new Running(nanoTime.getAsLong());
          running.add(now);
          try {
            work.run();
          } finally {
            running.remove(now);
            now.end();
          }
        });
  }

  /** Does something that may take its time. */
  void unlimited(Runnable work) {
    pool.execute(work);
  }

  /** Interrupts whoever is over the limit; to be called now and then. */
  void tick() {
    long now = nanoTime.getAsLong();
    for (Running each : running) {
      if (now - each.begun > LIMIT.toNanos()) {
        each.interrupt();
      }
    }
  }

  /** Lets what is under way end for a moment, and then interrupts it. */
  @Override
  public void close() {
    pool.shutdown();
    boolean interrupted = Thread.interrupted();
    try {
      if (!pool.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Running {
    private final Thread thread = Thread.currentThread();
    private final long begun;
    private boolean over; // Guarded by: this

    Running(long begun) {
      this.begun = begun;
    }

    synchronized void interrupt() {
      if (!over) {
        thread.interrupt();
      }
    }

    synchronized void end() {
      over = true;
      // An interrupt that came too late must not hit what the thread does next.
      Thread.interrupted();
    }
  }
}
