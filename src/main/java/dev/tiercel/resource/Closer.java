package dev.tiercel.resource;

import dev.tiercel.resource.CloseReport.Entry;
import dev.tiercel.resource.CloseReport.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs one close action to an entry of the report, within a time limit if there is one. */
final class Closer {
  private Closer() {}

  /** Closes; an interrupt of the calling thread does not cut this short, and survives it. */
  static Entry close(String name, CloseAction action, @Nullable Duration limit) {
    boolean interrupted = Thread.interrupted();
    try {
      if (limit == null) {
        action.close();
      } else {
        closeWithin(name, action, limit);
      }
      return new Entry(name, Outcome.CLOSED, null);
    } catch (TimeoutException e) {
      return new Entry(
          name,
          Outcome.TIMED_OUT,
          new ResourceCloseException(name + " was not closed within " + limit, e));
    } catch (Throwable e) {
      interrupted |= e instanceof InterruptedException;
      return new Entry(name, Outcome.FAILED, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void closeWithin(String name, CloseAction action, Duration limit)
      throws Throwable {
    FutureTask<Boolean> closing =
        new FutureTask<>(
            () -> {
              action.close();
              return true;
            });
    new CloserThread(closing, "tiercel-close " + name).start();
    long deadline = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          closing.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          closing.cancel(true);
          throw e;
        } catch (ExecutionException e) {
          throw e.getCause() == null ? e : e.getCause();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether this thread runs a close action under a time limit. */
  static boolean isCloser() {
    return Thread.currentThread() instanceof CloserThread;
  }

  /** The failure of an entry, wrapped if it is checked. */
  static Throwable asUnchecked(Entry entry) {
    Throwable failure = Objects.requireNonNull(entry.failure());
    return failure instanceof Error || failure instanceof RuntimeException
        ? failure
        : new ResourceCloseException("closing " + entry.name() + " failed: " + failure, failure);
  }

  static void rethrow(Throwable unchecked) {
    if (unchecked instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) unchecked;
  }

  /** Known by its class, so that a close action may call close() on its own manager. */
  private static final class CloserThread extends Thread {
    CloserThread(Runnable work, String name) {
      super(work, name);
      setDaemon(true);
    }
  }
}
