package dev.tiercel.cache;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A thread that reads from a cache, and may wait for the load of another. */
final class Reader<T> {
  private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();

  private final FutureTask<T> task;
  private final Thread thread;

  private Reader(Callable<T> work) {
    task = new FutureTask<>(work);
    thread = new Thread(task, "cache-reader");
    thread.setDaemon(true);
    thread.start();
  }

  static <T> Reader<T> start(Callable<T> work) {
    return new Reader<>(work);
  }

  /** Starts the work and returns when it waits for the load of another thread. */
  static <T> Reader<T> joining(Callable<T> work) {
    return start(work).awaitJoined();
  }

  Reader<T> awaitJoined() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!isWaitingForLoad()) {
      if (task.isDone() || System.nanoTime() - deadline > 0) {
        throw new AssertionError("never waited for a load; done: " + task.isDone());
      }
      Thread.onSpinWait();
    }
    return this;
  }

  private boolean isWaitingForLoad() {
    Object blocker = LockSupport.getBlocker(thread);
    return blocker != null
        && blocker.getClass().getName().startsWith("java.util.concurrent.CompletableFuture");
  }

  void interrupt() {
    thread.interrupt();
  }

  /** The same for those who cannot throw. */
  T value() {
    try {
      return get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  T get() throws Exception {
    try {
      return task.get(1, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw new AssertionError("the reader failed", e.getCause());
    }
  }

  Throwable failure() throws Exception {
    try {
      T value = task.get(1, TimeUnit.MINUTES);
      throw new AssertionError("the reader did not fail, it got " + value);
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }
}
