package dev.tiercel.store;

import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A database as the legacy program leaves it, made with plain JDBC. */
record LegacyFile(Path path) {
  static final String TABLE =
      "CREATE TABLE tasks (id TEXT PRIMARY KEY, title TEXT NOT NULL, description TEXT,"
          + " assigned_agent_id TEXT, created_at TEXT NOT NULL, assigned_at TEXT,"
          + " completed_at TEXT, priority INTEGER DEFAULT 1)";

  static LegacyFile in(Path folder) throws SQLException {
    LegacyFile file = new LegacyFile(folder.resolve("tasks.db"));
    file.run(TABLE);
    return file;
  }

  void run(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Adds a row: id, title, description, agent, created, assigned, completed, priority. */
  void add(Object... values) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO tasks VALUES (?,?,?,?,?,?,?,?)")) {
      for (int i = 0; i < values.length; i++) {
        insert.setObject(i + 1, values[i]);
      }
      insert.executeUpdate();
    }
  }

  List<String> texts(String sql) throws SQLException {
    return texts(path, sql);
  }

  static List<String> texts(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  Path backup() {
    return path.resolveSibling(path.getFileName() + ".legacy-backup");
  }

  SqliteTaskRepository open(boolean migrateLegacy) {
    return SqliteTaskRepository.open(
        SqliteDatabase.builder(path), migrateLegacy, InstantSource.system());
  }

  /** Converts, closes, and returns what is in it now. */
  List<Task> convert() {
    try (SqliteTaskRepository tasks = open(true)) {
      return tasks.stream(TaskQuery.all(), Stream::toList);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + path);
  }
}
