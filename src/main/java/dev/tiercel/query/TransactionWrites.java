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
  private static final int MOST_TAGS = 4_096;

  /* More than this in one commit are everything for a ledger. */
  private static final int TAGS_AT_ONCE = 256;

  /** A write under way, and the tags that it is to void. */
  private record Mark(PendingWrite write, List<Tag> tags) {}

  private final Ledger ledger;
  private final Set<Tag> held = new HashSet<>(); // Guarded by: this
  private List<Mark> marks = new ArrayList<>(); // Guarded by: this
  private boolean everything; // Guarded by: this
  private boolean over; // Guarded by: this

  TransactionWrites(Ledger ledger) {
    this.ledger = ledger;
  }

  synchronized boolean isOver() {
    return over;
  }

  /**
   * Takes over a write until the end. Nothing may be raised before: whoever loads it until the
   * commit has what was there before the write.
   *
   * @param write the write, some of whose tags are marked
   * @param tags all its tags
   * @return false if the end has been; then the write is still the caller's to end
   */
  synchronized boolean hold(PendingWrite write, List<Tag> tags) {
    if (over) {
      return false;
    }
    List<Tag> more = new ArrayList<>(new HashSet<>(tags));
    more.removeAll(held);
    if (!everything && !more.isEmpty()) {
      try {
        marks.add(new Mark(ledger.begin(Tags.of(more)), more));
        held.addAll(more);
      } catch (Throwable e) { // No more can be marked than is.
        marks.add(new Mark(write, more));
        return true;
      }
    }
    write.rolledBack(); // After the same is marked.
    if (held.size() > MOST_TAGS) {
      marks = new ArrayList<>(List.of(joined(marks))); // So many tags are everything.
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
    for (Mark each : toCommit()) {
      try {
        each.write().close(Tags.of(each.tags()));
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

  /* As few marks as there can be, since a durable ledger syncs at the end of each. */
  private List<Mark> toCommit() {
    List<Mark> few = new ArrayList<>();
    try {
      int from = 0;
      while (from < marks.size()) {
        int to = from + 1;
        int tags = marks.get(from).tags().size();
        while (to < marks.size() && tags + marks.get(to).tags().size() <= TAGS_AT_ONCE) {
          tags += marks.get(to++).tags().size();
        }
        few.add(joined(marks.subList(from, to)));
        from = to;
      }
    } catch (Throwable e) { // No more can be marked than is.
      few.addAll(marks); // What was joined has ended, and ends but once.
    }
    return few;
  }

  /** One mark in place of some. */
  private Mark joined(List<Mark> some) {
    if (some.size() == 1) {
      return some.get(0);
    }
    Set<Tag> tags = new HashSet<>();
    some.forEach(mark -> tags.addAll(mark.tags()));
    PendingWrite all = ledger.begin(Tags.of(tags));
    some.forEach(mark -> mark.write().rolledBack());
    return new Mark(all, List.of());
  }

  private static void report(Throwable failure) {
    try {
      LOG.warn("What a transaction wrote could not be noted; it stays void until it is", failure);
    } catch (Throwable e) {
      // Whoever has completed a transaction expects no failure.
    }
  }
}
