package dev.tiercel.cache;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/** A ledger that numbers the commits itself, when they have happened. */
final class InMemoryLedger extends Ledger {
  private final Object lock = new Object();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final long session = new SecureRandom().nextLong();
  private long last; // Guarded by: lock

  @Override
  long raise(Raise raise) {
    versions.mark(raise);
    return raiseAndUnmark(raise, raise);
  }

  @Override
  void commit(Raise marked, Raise raised) {
    raiseAndUnmark(marked, raised);
  }

  @Override
  long session() {
    return session;
  }

  @Override
  boolean isKnown(long ofSession, long stamp) {
    return ofSession == session;
  }

  @Override
  boolean isDurable() {
    return false;
  }

  @Override
  boolean isInsideTransaction() {
    return false;
  }

  /* If there is no memory or no stack left to say what is void, everything is; if there is not even
   * enough for that, the marks stay, which costs look-ups and never an answer. */
  private long raiseAndUnmark(Raise marked, Raise raised) {
    long at;
    // Drawn when the change is done: whoever reads this number has the change in sight. And made
    // known before the next is drawn: what is found valid at that one has stood this one, too.
    synchronized (lock) {
      at = ++last;
      try {
        versions.apply(raised, at);
      } catch (Throwable e) {
        versions.apply(Raise.EVERYTHING, at);
      }
    }
    versions.unmark(marked);
    return at;
  }

  /** Leaves a write to everything under way for ever. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      versions.mark(Raise.EVERYTHING);
    }
  }
}
