package dev.tiercel.cache;

import java.util.concurrent.atomic.AtomicLong;

/** A ledger that numbers the commits itself, when they have happened. */
final class InMemoryLedger extends Ledger {
  private final AtomicLong last = new AtomicLong();

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
      // Drawn when the change is done: whoever reads this number has the change in sight.
      long at = last.incrementAndGet();
      versions.apply(raised, at);
      return at;
    } finally {
      versions.unmark(marked);
    }
  }

  @Override
  public void close() {}
}
