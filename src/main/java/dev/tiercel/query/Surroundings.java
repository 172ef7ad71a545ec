package dev.tiercel.query;

import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.TieredCache;
import org.jspecify.annotations.Nullable;

/**
 * Where the calls of one wrapper take place.
 *
 * @param current what the transaction of each thread has written
 * @param whole a tag that everything carries that is cached of the interface, beside {@link #ANY}
 */
record Surroundings(
    TieredCache cache,
    Ledger ledger,
    Tag whole,
    @Nullable Transactions transactions,
    ThreadLocal<TransactionWrites> current) {
  /** What everything carries that wrappers cache, whatever their interface. */
  static final Tag ANY = Tag.of("caching:*");

  static Surroundings of(TieredCache cache, Class<?> type, @Nullable Transactions transactions) {
    return new Surroundings(
        cache,
        Ledger.of(cache),
        Tag.of("caching", type.getName()),
        transactions,
        new ThreadLocal<>());
  }

  /** Whether a read must not use the cache. */
  boolean isReadPast(Complaint complaint) {
    if (transactions == null) {
      return false;
    }
    try {
      return transactions.active();
    } catch (Throwable e) {
      complaint.report("it cannot be told whether a transaction is active", e);
      return true;
    }
  }

  /**
   * What the transaction of this thread has written, if there is one. Before a write: what cannot
   * be told when it is committed is not written.
   */
  @Nullable TransactionWrites transaction() {
    if (transactions == null || !transactions.active()) {
      return null;
    }
    TransactionWrites known = current.get();
    if (known != null && !known.isOver()) {
      return known;
    }
    TransactionWrites begun = new TransactionWrites(ledger);
    transactions.afterCompletion(
        () -> {
          begun.complete();
          forget(begun);
        });
    current.set(begun);
    return begun;
  }

  /* Also where another thread completes it: then there is nothing, or the next one, to be left. */
  private void forget(TransactionWrites completed) {
    TransactionWrites known = current.get();
    if (known == null || known == completed) {
      current.remove();
    }
  }
}
