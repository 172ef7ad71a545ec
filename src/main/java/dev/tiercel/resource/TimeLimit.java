package dev.tiercel.resource;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Closes on a daemon thread, which is interrupted when its time is over and left to itself.
 *
 * @param limit how long one resource may take
 * @param threads makes the thread for one resource
 */
record TimeLimit(Duration limit, ThreadFactory threads) implements Closer {
  TimeLimit {
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException("limit must be positive, but is " + limit);
    }
  }

  TimeLimit(Duration limit) {
    this(limit, Thread::new);
  }

  @Override
  public void run(String name, CloseAction action) throws Throwable {
    FutureTask<Boolean> closing =
        new FutureTask<>(
            Once.inherit(
                () -> {
                  action.close();
                  return true;
                }));
    Thread thread = threads.newThread(closing);
    thread.setName("tiercel-close " + name);
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError noThread) {
      // Better closed without a limit than left open.
      closing.run();
    }
    if (!endsInTime(closing)) {
      StackTraceElement[] where = thread.getStackTrace();
      if (closing.cancel(true)) {
        throw new SlowCloseException(name, limit, where);
      }
    }
    try {
      closing.get();
    } catch (ExecutionException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  private boolean endsInTime(FutureTask<?> closing) {
    // The conversion saturates: a limit of centuries is as good as none.
    long nanos = TimeUnit.NANOSECONDS.convert(limit);
    long deadline = System.nanoTime() + nanos;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          closing.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
          return true;
        } catch (ExecutionException e) {
          return true;
        } catch (TimeoutException e) {
          return false;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
