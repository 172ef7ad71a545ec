package dev.tiercel.store;

import dev.tiercel.task.Task;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads a task from a single column that holds all the others, because each column asked for is a
 * call or two from Java into SQLite and back, and twelve of them cost more than finding the row.
 *
 * <p>The values stand in the order of {@link Row#COLUMNS}, each ended by NUL, which no text of a
 * task contains, and a full stop behind the last. Null is a minus; a text that may be null begins
 * with a plus. No value is empty, because older versions of SQLite would leave it out.
 */
final class PackedRow {
  static final String EXPRESSION =
      "concat_ws(char(0), id, title, ifnull('+' || description, '-'),"
          + " ifnull('+' || assigned_agent_id, '-'), created_at, ifnull(assigned_at, '-'),"
          + " ifnull(completed_at, '-'), priority, updated_at, version, lease,"
          + " ifnull(lease_expires_at, '-'), '.')";

  private final String packed;
  private int from;

  private PackedRow(String packed) {
    this.packed = packed;
  }

  /**
   * Reads the task from the first column.
   *
   * @throws RuntimeException if the values are no task's
   */
  static Task read(ResultSet row) throws SQLException {
    PackedRow values = new PackedRow(row.getString(1));
    Task task =
        new Task(
            values.text(),
            values.text(),
            values.nullableText(),
            values.nullableText(),
            Row.instant(values.number()),
            values.nullableInstant(),
            values.nullableInstant(),
            Math.toIntExact(values.number()),
            Row.instant(values.number()),
            values.number(),
            values.number(),
            values.nullableInstant());
    if (!values.packed.startsWith(".", values.from) || values.from + 1 != values.packed.length()) {
      throw new IllegalArgumentException("a text contains NUL");
    }
    return task;
  }

  /** Where the next value ends; the one after it begins behind that. */
  private int end() {
    int end = packed.indexOf(0, from);
    if (end < 0) {
      throw new IllegalArgumentException("a value is missing");
    }
    return end;
  }

  private String text() {
    int end = end();
    String text = packed.substring(from, end);
    from = end + 1;
    return text;
  }

  private @Nullable String nullableText() {
    if (isNull()) {
      return null;
    }
    if (packed.charAt(from) != '+') {
      throw new IllegalArgumentException("a text contains NUL");
    }
    from++;
    return text();
  }

  private long number() {
    int end = end();
    long number = Long.parseLong(packed, from, end, 10);
    from = end + 1;
    return number;
  }

  private @Nullable Instant nullableInstant() {
    return isNull() ? null : Row.instant(number());
  }

  /** Whether the value is null; it is passed by then. */
  private boolean isNull() {
    boolean isNull = end() == from + 1 && packed.charAt(from) == '-';
    if (isNull) {
      from += 2;
    }
    return isNull;
  }
}
