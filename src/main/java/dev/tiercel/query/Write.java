package dev.tiercel.query;

import dev.tiercel.cache.PendingWrite;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One write under way: its tags are marked until the call and the stage that it returned are over,
 * and then raised, or held for the transaction around it. Where only the result tells all tags,
 * everything that wrappers cache is marked meanwhile: others may carry them too. Thread-safe.
 */
final class Write {
  private final Surroundings around;
  private final @Nullable TransactionWrites transaction;
  private final PendingWrite own;
  private final @Nullable PendingWrite any;
  private final AtomicInteger parts = new AtomicInteger(1);
  private final List<Tag> changed; // Guarded by: this
  private boolean anything; // Guarded by: this

  /**
   * Begins a write.
   *
   * @param known the tags that are known before it
   * @param needsResult whether there are others
   * @param transaction the one around it, if there is one
   */
  Write(
      Surroundings around,
      List<Tag> known,
      boolean needsResult,
      @Nullable TransactionWrites transaction) {
    this.around = around;
    this.transaction = transaction;
    this.changed = new ArrayList<>(known);
    this.any = needsResult ? around.ledger().begin(Surroundings.ANY) : null;
    this.own = begin(known);
  }

  private PendingWrite begin(List<Tag> known) {
    try {
      return around.ledger().begin(Tags.of(known));
    } catch (Throwable e) {
      if (any != null) {
        any.rolledBack();
      }
      throw e;
    }
  }

  /** Adds what is known of it only now. */
  synchronized void changed(List<Tag> tags) {
    changed.addAll(tags);
  }

  /** Where it is not known what was changed, anything may be. */
  synchronized void changedAnything() {
    anything = true;
  }

  /** Adds a part; each ends by {@link #done}. */
  void addPart() {
    parts.incrementAndGet();
  }

  /** Ends one part; with the last one, everybody is told. Throws nothing. */
  void done(Complaint complaint) {
    if (parts.decrementAndGet() == 0) {
      try {
        end();
      } catch (Throwable e) { // Its tags stay void for the time being.
        complaint.report("the ledger could not note what was written", e);
      }
    }
  }

  private synchronized void end() {
    if (anything) {
      changed.add(Surroundings.ANY);
    }
    boolean noted = false;
    try {
      if (transaction == null || !transaction.hold(own, changed)) {
        own.close(Tags.of(changed));
      }
      noted = true;
    } finally {
      if (any != null && noted) {
        any.rolledBack(); // After the others were raised.
      } else if (any != null) {
        any.close();
      }
    }
  }
}
