package dev.tiercel.powerloss;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Looks into a database without Tiercel, as the {@code sqlite3} shell would. */
final class Database {
  private Database() {}

  /**
   * Reads all tasks; a file without the table has none, and neither has a file that is not there.
   *
   * @throws AssertionError if SQLite finds the file damaged
   */
  static Rows read(Path file) throws SQLException {
    if (Files.notExists(file)) {
      return new Rows();
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      String said = text(statement, "PRAGMA integrity_check");
      if (!said.equals("ok")) {
        throw new AssertionError("integrity_check of " + file.getFileName() + ": " + said);
      }
      return read(statement);
    }
  }

  private static Rows read(Statement statement) throws SQLException {
    Rows rows = new Rows();
    if (text(statement, "SELECT count(*) FROM sqlite_schema WHERE name='tasks'").equals("0")) {
      return rows;
    }
    try (ResultSet row =
        statement.executeQuery(
            "SELECT id, title, description, priority, assigned_agent_id FROM tasks")) {
      while (row.next()) {
        rows.add(
            row.getString(1),
            Rows.value(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getString(5)));
      }
    }
    return rows;
  }

  /** Runs a statement. */
  static void run(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What a statement's first row says in its first column. */
  static String text(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      return text(statement, sql);
    }
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }
}
