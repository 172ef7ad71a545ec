package dev.tiercel.cache;

/**
 * The moment before a value was computed, drawn by {@link TieredCache#stamp()}. What is written
 * after it makes the value void.
 */
public final class Stamp {
  private final Ledger ledger;
  private final long seq;
  private final long millis;
  private final long latest;

  Stamp(Ledger ledger, long millis) {
    this(ledger, ledger.seq(), millis, Long.MAX_VALUE);
  }

  private Stamp(Ledger ledger, long seq, long millis, long latest) {
    this.ledger = ledger;
    this.seq = seq;
    this.millis = millis;
    this.latest = latest;
  }

  /** The same for a value that is over at a time of the cache's clock at the latest. */
  Stamp until(long over) {
    return new Stamp(ledger, seq, millis, over);
  }

  /** When a value that was computed since is over at the latest. */
  long latest() {
    return latest;
  }

  long seq(Ledger of) {
    if (of != ledger) {
      throw new IllegalArgumentException(
          "the stamp was drawn from a cache on another ledger; draw it from this one");
    }
    return seq;
  }

  /** The time by the cache's clock. */
  long millis() {
    return millis;
  }

  @Override
  public String toString() {
    return "stamp " + seq;
  }
}
