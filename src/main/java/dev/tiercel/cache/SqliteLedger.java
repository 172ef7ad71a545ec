package dev.tiercel.cache;

import dev.tiercel.sqlite.RowChange;
import dev.tiercel.sqlite.WriteJournal;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Function;

/** A ledger whose log is a table of the task database, written by the commits themselves. */
public final class SqliteLedger extends Ledger {
  private final Function<RowChange, ? extends Collection<Tag>> tagsOf;

  SqliteLedger(Function<RowChange, ? extends Collection<Tag>> tagsOf) {
    this.tagsOf = tagsOf;
  }

  /**
   * What joins every commit of the database.
   *
   * @return the journal, for {@code SqliteDatabase.builder(file).journal(…)}
   */
  public WriteJournal journal() {
    Objects.requireNonNull(tagsOf);
    return WriteJournal.NONE;
  }

  @Override
  long raise(Raise raise) {
    throw new UnsupportedOperationException();
  }

  @Override
  void commit(Raise marked, Raise raised) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
