package dev.tiercel.pool;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A call on another thread; each wait ends with a failure rather than never. */
record Background<R>(Thread thread, FutureTask<R> task) {
  static <R> Background<R> start(Callable<R> call) {
    FutureTask<R> task = new FutureTask<>(call);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return new Background<>(thread, task);
  }

  /** Returns once so many calls are in the line of the pool, and this one is parked. */
  Background<R> awaitQueued(ObjectPool<?> pool, int inLine) {
    await(() -> pool.stats().waiting() >= inLine);
    await(() -> thread.getState() == Thread.State.TIMED_WAITING);
    return this;
  }

  static void await(BooleanSupplier reached) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not reached in 30 s");
      }
      Thread.onSpinWait();
    }
  }

  R join() throws Exception {
    return task.get(30, TimeUnit.SECONDS);
  }

  Throwable failure() throws Exception {
    try {
      throw new AssertionError("no failure, but " + join());
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }
}
