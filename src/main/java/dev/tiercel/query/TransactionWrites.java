package dev.tiercel.query;

import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.PendingWrite;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.Tags;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one transaction has written so far: pending until it has completed, and then raised,
 * whatever became of it. One inside another, on the same thread, counts as part of it. Thread-safe.
 */
final class TransactionWrites {
  private static final Logger LOG = LoggerFactory.getLogger(Caching.class);

  /* Beyond it, a mark on everything is cheaper, and a ledger does not take any number. */
  private static final int MOST_MARKS = 1_000;

  private final Ledger ledger;
  private final Set<Tag> held = new HashSet<>(); // Guarded by: this
  private List<PendingWrite> marks = new ArrayList<>(); // Guarded by: this
  private boolean everything; // Guarded by: this
  private boolean over; // Guarded by: this

  TransactionWrites(Ledger ledger) {
    this.ledger = ledger;
  }

  synchronized boolean isOver() {
    return over;
  }

  /**
   * Holds tags until the end.
   *
   * @return false if that has been; then they are not held
   */
  synchronized boolean hold(List<Tag> tags) {
    if (over || everything) {
      return !over;
    }
    List<Tag> more = new ArrayList<>(new HashSet<>(tags));
    more.removeAll(held);
    if (!more.isEmpty()) {
      marks.add(ledger.begin(Tags.of(more)));
      held.addAll(more);
    }
    if (marks.size() > MOST_MARKS) {
      PendingWrite all = ledger.begin(Tags.of(held)); // So many tags are everything.
      marks.forEach(PendingWrite::rolledBack);
      marks = new ArrayList<>(List.of(all));
      held.clear();
      everything = true;
    }
    return true;
  }

  /** Makes known what was written, the first time. Throws nothing. */
  synchronized void complete() {
    if (over) {
      return;
    }
    over = true;
    @Nullable Throwable failure = null;
    for (PendingWrite each : marks) {
      try {
        each.close();
      } catch (Throwable e) { // On a durable ledger; what it concerns stays void.
        failure = e;
      }
    }
    marks.clear();
    held.clear();
    if (failure != null) {
      report(failure);
    }
  }

  private static void report(Throwable failure) {
    try {
      LOG.warn("What a transaction wrote could not be noted; it stays void until it is", failure);
    } catch (Throwable e) {
      // Whoever has completed a transaction expects no failure.
    }
  }
}
