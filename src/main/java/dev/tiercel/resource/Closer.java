package dev.tiercel.resource;

import dev.tiercel.resource.CloseReport.Entry;
import dev.tiercel.resource.CloseReport.Outcome;

/** Closes one resource at a time, on the calling thread or under a {@link TimeLimit}. */
@FunctionalInterface
interface Closer {
  Closer DIRECT = (name, action) -> action.close();

  void run(String name, CloseAction action) throws Throwable;

  /** Closes and says how it ended; never throws. */
  default Entry close(String name, CloseAction action) {
    // A pending interrupt would make a closer that waits give up at once.
    boolean interrupted = Thread.interrupted();
    try {
      run(name, action);
      return new Entry(name, Outcome.CLOSED, null);
    } catch (SlowCloseException e) {
      return new Entry(name, Outcome.TIMED_OUT, e);
    } catch (Throwable e) {
      interrupted |= e instanceof InterruptedException;
      return new Entry(name, Outcome.FAILED, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
