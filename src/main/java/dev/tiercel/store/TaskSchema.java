package dev.tiercel.store;

import dev.tiercel.sqlite.Migration;
import dev.tiercel.sqlite.Preparation;
import dev.tiercel.sqlite.SqliteException;
import dev.tiercel.sqlite.SqliteException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells what a database holds before it is touched: nothing, Tiercel's tables, legacy, or else. */
final class TaskSchema implements Preparation {
  static final List<Migration> MIGRATIONS =
      List.of(
          Migration.fromResource(
              TaskSchema.class, "/META-INF/tiercel/migrations/V1__tasks.sql", 1));

  private static final Set<String> LEGACY_COLUMNS =
      Set.of(
          "id",
          "title",
          "description",
          "assigned_agent_id",
          "created_at",
          "assigned_at",
          "completed_at",
          "priority");

  private final boolean migrateLegacy;

  TaskSchema(boolean migrateLegacy) {
    this.migrateLegacy = migrateLegacy;
  }

  @Override
  public void prepare(Connection connection, Path file) throws SQLException {
    List<String> columns = columns(connection, "tasks");
    if (columns.contains("lease") || (columns.isEmpty() && isNew(connection))) {
      return;
    }
    if (columns.isEmpty()) {
      throw refused(
          file,
          "is another program's: it has a user_version but no table tasks; name a file of its own");
    }
    if (!LEGACY_COLUMNS.equals(Set.copyOf(columns))) {
      throw refused(
          file,
          "has a table tasks that is neither Tiercel's nor the legacy one; restore a backup, or name"
              + " another file; its columns are "
              + columns);
    }
    if (!migrateLegacy) {
      throw refused(
          file,
          "has the legacy table tasks; open it with migrateLegacy(true) to convert it,"
              + " a backup is made beside it first");
    }
    LegacyConversion.run(connection, file);
  }

  private static SqliteException refused(Path file, String why) {
    return new SqliteException(Kind.UNSUPPORTED, "the database " + file + " " + why, null);
  }

  private static boolean isNew(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return !row.next() || row.getInt(1) == 0;
    }
  }

  static boolean isLegacy(Connection connection) throws SQLException {
    return LEGACY_COLUMNS.equals(Set.copyOf(columns(connection, "tasks")));
  }

  private static List<String> columns(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA table_info(" + table + ")")) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString("name"));
      }
      return names;
    }
  }
}
