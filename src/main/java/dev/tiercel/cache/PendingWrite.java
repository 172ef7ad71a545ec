package dev.tiercel.cache;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A write under way. Ended once, by {@link #rolledBack} if it is certain that nothing was written,
 * and otherwise by {@link #close}, also when it failed: a write that timed out may have happened.
 *
 * <p>On a durable ledger, ending it is a commit of its own, which may fail although the write has
 * happened; its tags then stay void until a later commit notes them. Inside a transaction of the
 * same database none is needed, and ending it is refused.
 *
 * <p>Thread-safe; may be ended by another thread than the one that began it.
 */
public final class PendingWrite implements AutoCloseable {
  private final Ledger ledger;
  private final Raise marked;
  private final AtomicBoolean ended = new AtomicBoolean();

  PendingWrite(Ledger ledger, Raise marked) {
    this.ledger = ledger;
    this.marked = marked;
    ledger.versions.mark(marked);
  }

  /**
   * Ends a write that happened or may have happened: what carries its tags is void. Does nothing
   * when the write was ended before.
   *
   * @throws IllegalStateException on a durable ledger that is not open, or inside a transaction of
   *     its database
   * @throws dev.tiercel.sqlite.SqliteException on a durable ledger, if the commit fails
   */
  @Override
  public void close() {
    close(Tags.of());
  }

  /**
   * Ends a write of which only the result told all that it changed. What carries only tags that
   * were not announced is served until then, also between the write and this call: announce a tag
   * that all of it carries, where that matters.
   *
   * @param more tags beside those that were announced
   * @throws IllegalStateException as {@link #close()} does
   * @throws dev.tiercel.sqlite.SqliteException as {@link #close()} does
   */
  public void close(Tags more) {
    Objects.requireNonNull(more, "more must not be null");
    if (ended.compareAndSet(false, true)) {
      ledger.commit(marked, more.list().isEmpty() ? marked : marked.and(Raise.tags(more.list())));
    }
  }

  /** Ends a write that did not happen: what is cached stays. */
  public void rolledBack() {
    if (ended.compareAndSet(false, true)) {
      ledger.versions.unmark(marked);
    }
  }
}
