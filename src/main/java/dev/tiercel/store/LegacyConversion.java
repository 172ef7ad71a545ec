package dev.tiercel.store;

import dev.tiercel.sqlite.Migration;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.sqlite.SqliteException;
import dev.tiercel.sqlite.SqliteException.Kind;
import dev.tiercel.task.InvalidValueException;
import dev.tiercel.task.Priority;
import dev.tiercel.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Converts the legacy table in place: a backup beside the database, then every row in one
 * transaction. A row that cannot be kept as it is stops the conversion before anything is changed.
 */
final class LegacyConversion {
  private static final Logger log = LoggerFactory.getLogger(LegacyConversion.class);
  private static final int SHOWN_PROBLEMS = 10;

  private LegacyConversion() {}

  static void run(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // The old names keep their meaning in views and foreign keys of other tables.
      statement.execute("PRAGMA legacy_alter_table=ON");
      statement.execute("PRAGMA foreign_keys=OFF");
      try {
        convertLocked(connection, statement, file);
      } finally {
        statement.execute("PRAGMA foreign_keys=ON");
        statement.execute("PRAGMA legacy_alter_table=OFF");
      }
    }
  }

  private static void convertLocked(Connection connection, Statement statement, Path file)
      throws SQLException {
    // First, so that nobody writes between the backup and the conversion, or converts as well.
    statement.execute("BEGIN IMMEDIATE");
    Path backup = freeName(file);
    try {
      if (!TaskSchema.isLegacy(connection)) {
        statement.execute("ROLLBACK"); // Another process was faster.
        return;
      }
      refuseTriggers(statement, file);
      SqliteDatabase.copy(file, backup);
      long rows = convert(connection, statement, file);
      statement.execute("COMMIT");
      log.info("Converted {} legacy tasks of {}; the backup is {}", rows, file, backup);
    } catch (Throwable e) {
      try {
        statement.execute("ROLLBACK");
        Files.deleteIfExists(backup); // Nothing was converted: it would only be in the way.
      } catch (SQLException | IOException more) {
        e.addSuppressed(more);
      }
      throw e;
    }
  }

  private static Path freeName(Path file) {
    Path wanted = file.resolveSibling(file.getFileName() + ".legacy-backup");
    for (int n = 2; Files.exists(wanted); n++) {
      wanted = file.resolveSibling(file.getFileName() + ".legacy-backup-" + n);
    }
    return wanted;
  }

  private static void refuseTriggers(Statement statement, Path file) throws SQLException {
    List<String> triggers =
        names(
            statement, "SELECT name FROM sqlite_schema WHERE type='trigger' AND tbl_name='tasks'");
    if (!triggers.isEmpty()) {
      throw new SqliteException(
          Kind.UNSUPPORTED,
          "the legacy table of "
              + file
              + " has triggers that would be lost; drop them: "
              + triggers,
          null);
    }
  }

  private static long convert(Connection connection, Statement statement, Path file)
      throws SQLException {
    for (String index :
        names(
            statement,
            "SELECT name FROM sqlite_schema WHERE type='index' AND tbl_name='tasks'"
                + " AND sql IS NOT NULL")) {
      statement.execute("DROP INDEX \"" + index.replace("\"", "\"\"") + "\"");
    }
    statement.execute("ALTER TABLE tasks RENAME TO tiercel_legacy_tasks");
    Migration first = TaskSchema.MIGRATIONS.get(0);
    statement.executeUpdate(first.sql());
    long rows = copyRows(connection, file);
    statement.execute("DROP TABLE tiercel_legacy_tasks");
    statement.execute("PRAGMA user_version=" + first.version());
    return rows;
  }

  private static long copyRows(Connection connection, Path file) throws SQLException {
    List<String> problems = new ArrayList<>();
    long rows = 0;
    try (Statement select = connection.createStatement();
        ResultSet row =
            select.executeQuery(
                "SELECT id, title, description, assigned_agent_id, created_at, assigned_at,"
                    + " completed_at, priority, typeof(priority), rowid FROM tiercel_legacy_tasks");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO tasks ("
                    + Row.COLUMNS
                    + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
                    + " ON CONFLICT (id) DO NOTHING")) {
      while (row.next() && problems.size() <= SHOWN_PROBLEMS) {
        try {
          Row.bind(insert, task(row));
          if (insert.executeUpdate() == 0) {
            throw new InvalidValueException("the id occurs twice");
          }
          rows++;
        } catch (InvalidValueException
            | DateTimeException
            | NullPointerException
            | ArithmeticException e) {
          problems.add(
              "row %d, id %s: %s".formatted(row.getLong(10), row.getString(1), e.getMessage()));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new SqliteException(
          Kind.UNSUPPORTED,
          "%s has legacy tasks that cannot be kept as they are; nothing was converted, mend them first: %s"
              .formatted(file, String.join("; ", problems)),
          null);
    }
    return rows;
  }

  private static Task task(ResultSet row) throws SQLException {
    Instant created = Objects.requireNonNull(time(row, 5), "created_at is null");
    Instant assigned = time(row, 6);
    Instant completed = time(row, 7);
    Instant updated =
        Stream.of(created, assigned, completed)
            .filter(Objects::nonNull)
            .max(Instant::compareTo)
            .orElse(created);
    return new Task(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        created,
        assigned,
        completed,
        priority(row),
        updated,
        1,
        0,
        null);
  }

  private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : LegacyTimes.parse(text);
  }

  private static int priority(ResultSet row) throws SQLException {
    return switch (row.getString(9)) {
      case "null" -> Priority.LOW;
      case "integer" -> Math.toIntExact(row.getLong(8));
      default -> throw new InvalidValueException("priority is no integer: " + row.getString(8));
    };
  }

  private static List<String> names(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }
}
