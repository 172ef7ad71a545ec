package dev.tiercel.cache;

import java.util.concurrent.atomic.AtomicBoolean;

/** A ledger that numbers the commits itself, when they have happened. */
final class InMemoryLedger extends Ledger {
  private final Object lock = new Object();
  private final AtomicBoolean closed = new AtomicBoolean();
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

  private long raiseAndUnmark(Raise marked, Raise raised) {
    try {
      // Drawn when the change is done: whoever reads this number has the change in sight. And made
      // known before the next is drawn: what is found valid at that one has stood this one, too.
      synchronized (lock) {
        long at = ++last;
        versions.apply(raised, at);
        return at;
      }
    } finally {
      versions.unmark(marked);
    }
  }

  /** Leaves a write to everything under way for ever. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      versions.mark(Raise.EVERYTHING);
    }
  }
}
