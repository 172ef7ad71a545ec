package dev.tiercel.memory;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the collections of G1 left of the long-lived objects. Nobody counts its mixed ones: one of
 * them shows by another figure of the old pool. But since JDK 20 its concurrent marking writes that
 * figure too, and has removed nothing then, so what is the marking's does not count. Thread-safe.
 */
final class MixedCollections implements Supplier<Left> {
  private static final int TRIES = 3;

  private final Supplier<Left> full;
  private final Supplier<Left> marking;
  private final LongSupplier pool;

  // Mutable state, guarded by: this
  private long fullNumber;
  private long mixed;
  private Left newest = Left.NOTHING;

  /**
   * Begins to look.
   *
   * @param full the collections that remove all that is dead
   * @param marking those that only mark it
   * @param pool what was in the old pool after the last that wrote it, whichever that was
   */
  MixedCollections(Supplier<Left> full, Supplier<Left> marking, LongSupplier pool) {
    this.full = full;
    this.marking = marking;
    this.pool = pool;
  }

  @Override
  public synchronized Left get() {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Left whole = full.get();
      Left marked = marking.get();
      long bytes = pool.getAsLong();
      if (full.get().equals(whole) && marking.get().equals(marked)) {
        look(whole, marked, bytes);
        break;
      }
    }
    return newest; // Whoever comes next looks again.
  }

  private void look(Left whole, Left marked, long bytes) {
    if (whole.number() > fullNumber) {
      fullNumber = whole.number();
      newest = new Left(fullNumber + mixed, whole.bytes());
    }
    boolean ofMarking = marked.number() > 0 && bytes == marked.bytes();
    if (bytes > 0 && bytes != newest.bytes() && !ofMarking) {
      mixed++;
      newest = new Left(fullNumber + mixed, bytes);
    }
  }
}
