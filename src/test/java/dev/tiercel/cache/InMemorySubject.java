package dev.tiercel.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.UnaryOperator;

/** A cache over the in-memory ledger, in front of a repository that knows nothing of it. */
final class InMemorySubject extends TieredSubject {
  private final Ledger ledger;
  private final AtomicLongArray repository = new AtomicLongArray(OracleEntry.TAGGED);

  InMemorySubject(Ledger ledger) {
    this(ledger, 10_000, with -> with);
  }

  InMemorySubject(Ledger ledger, int entries, UnaryOperator<TieredCacheBuilder> tiers) {
    super(ledger, entries, tiers);
    this.ledger = ledger;
  }

  @Override
  List<Long> load(int[] data) {
    List<Long> numbers = new ArrayList<>(data.length);
    for (int datum : data) {
      numbers.add(repository.get(datum));
    }
    return numbers;
  }

  @Override
  boolean change(int[] data, long[] numbers, Dice dice) {
    try (PendingWrite write = ledger.begin(OracleEntry.tags(data))) {
      dice.stumble();
      int thrown = dice.below(32);
      if (thrown == 0) {
        write.rolledBack();
        return false;
      }
      for (int i = 0; i < data.length; i++) {
        repository.set(data[i], numbers[i]);
      }
      dice.linger();
      return thrown > 2; // As a write that timed out, and was written all the same.
    }
  }

  @Override
  public String toString() {
    return "cache over the in-memory ledger " + super.toString();
  }
}
