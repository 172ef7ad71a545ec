package dev.tiercel.cache;

import dev.tiercel.resource.ExecutorStats;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Runs what a cache does in the background: on an executor that it was given, or its own. */
final class CacheExecutor implements Executor, AutoCloseable {
  private static final int MAX_THREADS = 32;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final @Nullable Executor given;
  private final Executor target;

  CacheExecutor(@Nullable Executor given) {
    this.given = given;
    this.target = given == null ? own() : given;
  }

  private static ThreadPoolExecutor own() {
    return new ThreadPoolExecutor(
        0,
        MAX_THREADS,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, "tiercel-cache-" + NUMBER.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  @Nullable Executor given() {
    return given;
  }

  /** May throw {@link java.util.concurrent.RejectedExecutionException}. */
  @Override
  public void execute(Runnable work) {
    target.execute(work);
  }

  /** What its own threads do; empty if it was given others. */
  Optional<ExecutorStats> stats() {
    return target instanceof ThreadPoolExecutor own && given == null
        ? Optional.of(ExecutorStats.of(own))
        : Optional.empty();
  }

  /** Stops its own threads, without waiting for them; a given executor is left alone. */
  @Override
  public void close() {
    if (target instanceof ThreadPoolExecutor own && given == null) {
      own.shutdownNow();
    }
  }
}
