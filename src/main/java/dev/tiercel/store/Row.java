package dev.tiercel.store;

import dev.tiercel.task.InvalidValueException;
import dev.tiercel.task.RepositoryCorruptException;
import dev.tiercel.task.Task;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task as a row of the table {@code tasks}: the columns in their order, there and back. */
final class Row {
  static final String TABLE = "tasks";

  static final String COLUMNS =
      "id, title, description, assigned_agent_id, created_at, assigned_at, completed_at, priority,"
          + " updated_at, version, lease, lease_expires_at";

  private static final long MICROS = 1_000_000;

  private Row() {}

  /** Reads a task from a first column that is {@link PackedRow#EXPRESSION}. */
  static Task read(ResultSet row) throws SQLException {
    try {
      return PackedRow.read(row);
    } catch (InvalidValueException
        | NullPointerException
        | IllegalArgumentException
        | ArithmeticException e) {
      throw new RepositoryCorruptException(
          "a row of the table tasks is no task; if no other program wrote it, the file is damaged, so"
              + " restore a backup: "
              + e.getMessage(),
          e);
    }
  }

  /** Binds all columns, from parameter 1 on. */
  static void bind(PreparedStatement statement, Task task) throws SQLException {
    statement.setString(1, task.id());
    statement.setString(2, task.title());
    statement.setString(3, task.description());
    statement.setString(4, task.assignedAgentId());
    statement.setLong(5, micros(task.createdAt()));
    bindTime(statement, 6, task.assignedAt());
    bindTime(statement, 7, task.completedAt());
    statement.setInt(8, task.priority());
    statement.setLong(9, micros(task.updatedAt()));
    statement.setLong(10, task.version());
    statement.setLong(11, task.lease());
    bindTime(statement, 12, task.leaseExpiresAt());
  }

  private static void bindTime(PreparedStatement statement, int index, @Nullable Instant time)
      throws SQLException {
    if (time == null) {
      statement.setNull(index, Types.INTEGER);
    } else {
      statement.setLong(index, micros(time));
    }
  }

  static long micros(Instant time) {
    return time.getEpochSecond() * MICROS + time.getNano() / 1_000;
  }

  /** The first microsecond that is not before a time, or the nearest one that a number can hold. */
  static long microsFrom(Instant time) {
    try {
      long whole = Math.multiplyExact(time.getEpochSecond(), MICROS);
      return Math.addExact(whole, (time.getNano() + 999) / 1_000);
    } catch (ArithmeticException e) {
      return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000L);
  }
}
