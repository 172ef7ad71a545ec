package dev.tiercel.pool;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A call on another thread; each wait ends with a failure rather than never. */
record Background<R>(Thread thread, FutureTask<R> task) {
  static <R> Background<R> start(Callable<R> call) {
    FutureTask<R> task = new FutureTask<>(call);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return new Background<>(thread, task);
  }

  /** Returns once the call waits in the line of the pool. */
  Background<R> awaitQueued(ObjectPool<?> pool, int inLine) {
    while (pool.stats().waiting() < inLine && thread.isAlive()) {
      Thread.onSpinWait();
    }
    while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
      Thread.onSpinWait();
    }
    return this;
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
