package dev.tiercel.sqlite;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A thread that writes, whose place in the queue of a {@link GroupCommit} can be awaited. */
final class QueuedWriter<T> {
  private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();

  private final FutureTask<T> task;
  private final Thread thread;

  private QueuedWriter(Callable<T> work) {
    task = new FutureTask<>(work);
    thread = new Thread(task, "queued-writer");
    thread.setDaemon(true);
    thread.start();
  }

  static <T> QueuedWriter<T> start(Callable<T> work) {
    return new QueuedWriter<>(work);
  }

  /** Starts the work and returns when it waits in the queue. */
  static <T> QueuedWriter<T> queue(Callable<T> work) {
    QueuedWriter<T> writer = start(work);
    writer.awaitParked();
    return writer;
  }

  void awaitParked() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!isParked()) {
      if (task.isDone() || System.nanoTime() - deadline > 0) {
        throw new AssertionError("never waited in the queue; done: " + task.isDone());
      }
      Thread.onSpinWait();
    }
  }

  boolean isParked() {
    return LockSupport.getBlocker(thread) instanceof GroupCommit;
  }

  void awaitDone() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!task.isDone()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("the writer does not come to its end");
      }
      Thread.onSpinWait();
    }
  }

  boolean isDone() {
    return task.isDone();
  }

  /** Interrupts and returns when the thread has seen it. */
  void interrupt() {
    thread.interrupt();
    while (thread.isInterrupted() && thread.isAlive() && !task.isDone()) {
      Thread.onSpinWait();
    }
  }

  T get() throws Exception {
    try {
      return task.get(1, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw new AssertionError("the writer failed", e.getCause());
    }
  }

  Throwable failure() throws Exception {
    try {
      T value = task.get(1, TimeUnit.MINUTES);
      throw new AssertionError("the writer did not fail, it gave " + value);
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  SqliteException.Kind kind() throws Exception {
    Throwable e = failure();
    if (e instanceof SqliteException sqlite) {
      return sqlite.kind();
    }
    throw new AssertionError("failed with something else", e);
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(1, TimeUnit.MINUTES)) {
        throw new AssertionError("the latch was never opened");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
