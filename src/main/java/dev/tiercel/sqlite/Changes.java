package dev.tiercel.sqlite;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the rows that a write changes. Used by one thread at a time. */
public final class Changes {
  private final List<RowChange> rows = new ArrayList<>();

  Changes() {}

  /**
   * Notes a change.
   *
   * @param table the table's name
   * @param before the row as it was, or null if it was inserted
   * @param after the row as it is, or null if it was deleted
   */
  public void add(String table, @Nullable Record before, @Nullable Record after) {
    rows.add(new RowChange(table, before, after));
  }

  List<RowChange> rows() {
    return rows;
  }

  /** How many changes there are, to come back to with {@link #backTo}. */
  int mark() {
    return rows.size();
  }

  /** Forgets what came after a mark, because it was rolled back. */
  void backTo(int mark) {
    rows.subList(mark, rows.size()).clear();
  }
}
