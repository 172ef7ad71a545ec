package dev.tiercel.store;

import dev.tiercel.task.Cursor;
import dev.tiercel.task.TaskFilter;
import dev.tiercel.task.TaskOrder;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a query into SQL whose plan does not depend on statistics: every arm names its index.
 *
 * <p>A place in {@link TaskOrder#URGENT_FIRST} is sought in two steps, because its directions are
 * mixed: the rest of the same priority first, then the lower ones. One condition for both (an OR,
 * or a row value) makes SQLite walk from the start.
 */
final class Listing {
  private final TaskQuery query;
  private final List<Arm> arms;

  Listing(TaskQuery query) {
    this.query = query;
    this.arms = Arm.of(query);
  }

  /** Whether no task can match, so that nothing need be asked. */
  boolean isEmpty() {
    return arms.isEmpty();
  }

  /** The seeks that make up the page behind a place, to be run one after the other until full. */
  List<Seek> seeks(@Nullable Cursor place) {
    if (place == null) {
      return List.of(new Seek("", List.of(), false));
    }
    boolean back = place.backward();
    long created = Row.micros(place.createdAt());
    if (query.order() == TaskOrder.NEWEST_FIRST) {
      String beyond = back ? ">" : "<";
      return List.of(
          new Seek(
              " AND (created_at, id) " + beyond + " (?, ?)", List.of(created, place.id()), back));
    }
    long priority = place.priority();
    return List.of(
        new Seek(
            " AND priority = ? AND (created_at, id) " + (back ? "<" : ">") + " (?, ?)",
            List.of(priority, created, place.id()),
            back),
        new Seek(" AND priority " + (back ? ">" : "<") + " ?", List.of(priority), back));
  }

  /**
   * One seek into every arm.
   *
   * @param condition what restricts the walk, beginning with AND, or nothing
   * @param values the values of its parameters, longs or strings
   * @param backward whether the walk runs against the order
   */
  record Seek(String condition, List<Object> values, boolean backward) {}

  Parameters select(Seek seek, int limit) {
    Parameters sql = new Parameters();
    union(sql, seek);
    return sql.sql(order(seek.backward())).sql(" LIMIT ?").value(limit);
  }

  /** A page by its number: walks over what lies before it. */
  Parameters selectFrom(long offset, int limit) {
    Parameters sql = new Parameters();
    union(sql, new Seek("", List.of(), false));
    return sql.sql(order(false)).sql(" LIMIT ? OFFSET ?").value(limit).value(offset);
  }

  /** Counts along the index alone where there is no filter. */
  Parameters count() {
    if (arms.size() == TaskStatus.values().length && query.filter().equals(TaskFilter.NONE)) {
      // Without a condition SQLite adds up the pages of an index instead of looking at its entries.
      return new Parameters().sql("SELECT count(*) FROM tasks");
    }
    Parameters sql = new Parameters().sql("SELECT ");
    String plus = "";
    for (Arm arm : arms) {
      sql.sql(plus).sql("(SELECT count(*)");
      arm(sql, arm, new Seek("", List.of(), false));
      sql.sql(")");
      plus = " + ";
    }
    return sql;
  }

  private void union(Parameters sql, Seek seek) {
    // A union can be ordered only by what it selects.
    String columns = PackedRow.EXPRESSION + (arms.size() > 1 ? ", priority, created_at, id" : "");
    String union = "";
    for (Arm arm : arms) {
      sql.sql(union).sql("SELECT ").sql(columns);
      arm(sql, arm, seek);
      union = " UNION ALL ";
    }
  }

  private void arm(Parameters sql, Arm arm, Seek seek) {
    sql.sql(" FROM tasks INDEXED BY ").sql(arm.index()).sql(" WHERE ").sql(arm.predicate());
    String agent = query.agent();
    if (arm.bindsAgent() && agent != null) {
      sql.value(agent);
    }
    sql.sql(seek.condition());
    for (Object value : seek.values()) {
      if (value instanceof Long number) {
        sql.value(number);
      } else {
        sql.value((String) value);
      }
    }
    filter(sql, query.filter(), query.order() == TaskOrder.NEWEST_FIRST);
  }

  /**
   * Adds the conditions of a filter, each beginning with AND. Times narrow a walk along time; on
   * any other walk the plus keeps SQLite from skipping through the index for them, and sorting.
   */
  static void filter(Parameters sql, TaskFilter filter, boolean alongTime) {
    String created = alongTime ? " AND created_at" : " AND +created_at";
    if (filter.createdFrom() != null) {
      sql.sql(created).sql(" >= ?").value(Row.micros(filter.createdFrom()));
    }
    if (filter.createdBefore() != null) {
      sql.sql(created).sql(" < ?").value(Row.micros(filter.createdBefore()));
    }
    if (filter.minPriority() != null) {
      sql.sql(" AND priority >= ?").value(filter.minPriority());
    }
    if (filter.text() != null) {
      // Not LIKE: before 3.54 it takes U+FFFE and U+FFFF for one character.
      sql.sql(" AND (instr(lower(title), lower(?)) OR instr(lower(description), lower(?)))")
          .value(filter.text())
          .value(filter.text());
    }
  }

  private String order(boolean backward) {
    List<String> terms = new ArrayList<>();
    if (query.order() == TaskOrder.URGENT_FIRST) {
      terms.add(backward ? "priority" : "priority DESC");
      terms.add(backward ? "created_at DESC" : "created_at");
      terms.add(backward ? "id DESC" : "id");
    } else {
      terms.add(backward ? "created_at" : "created_at DESC");
      terms.add(backward ? "id" : "id DESC");
    }
    return " ORDER BY " + String.join(", ", terms);
  }
}
