package dev.tiercel.cache;

/**
 * The moment before a value was computed, drawn by {@link TieredCache#stamp()}. What is written
 * after it makes the value void.
 */
public final class Stamp {
  private final Ledger ledger;
  private final long seq;
  private final long millis;

  Stamp(Ledger ledger, long millis) {
    this.millis = millis;
    this.ledger = ledger;
    this.seq = ledger.seq();
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
