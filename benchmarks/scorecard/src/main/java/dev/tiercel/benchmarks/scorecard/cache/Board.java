package dev.tiercel.benchmarks.scorecard.cache;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The tasks as the writes of a trace leave them: knows whose answer a write really changes. */
final class Board {
  private static final Read PENDING = new Read.Pending();

  private final Map<String, Row> rows = new HashMap<>();
  private final Map<Read, NavigableSet<Row>> lists = new HashMap<>();

  Board(List<Row> tasks) {
    tasks.forEach(
        row -> {
          rows.put(row.id(), row);
          list(row).add(row);
        });
  }

  /**
   * Carries a write out.
   *
   * @return the reads whose answers differ afterwards, no more and no less
   */
  Set<Read> apply(Write write) {
    Row before = rows.get(write.id());
    Row after = write.after(before);
    Set<Read> changed = new HashSet<>();
    if (before != null) {
      changed.add(new Read.ById(before.id()));
      addIfShown(before, changed);
      list(before).remove(before);
    }
    rows.put(after.id(), after);
    list(after).add(after);
    addIfShown(after, changed);
    return changed;
  }

  private void addIfShown(Row row, Set<Read> changed) {
    if (shown(list(row)).anyMatch(row::equals)) {
      changed.add(listing(row));
    }
  }

  /** A completed task was assigned before, so a task without an agent is pending. */
  private static Read listing(Row row) {
    return row.agent() == null ? PENDING : new Read.ByAgent(row.agent());
  }

  private NavigableSet<Row> list(Row row) {
    return lists.computeIfAbsent(
        listing(row), read -> new TreeSet<>(read == PENDING ? Row.URGENT_FIRST : Row.NEWEST_FIRST));
  }

  /** The ids that a list shows. */
  List<String> ids(Read.Listing list) {
    NavigableSet<Row> all = lists.get(list);
    return all == null ? List.of() : shown(all).map(Row::id).toList();
  }

  private static Stream<Row> shown(NavigableSet<Row> list) {
    return list.stream().limit(Read.LIST);
  }
}
