package dev.tiercel.benchmarks;

import dev.tiercel.benchmarks.scorecard.LegacyTable;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.task.Task;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The naive way with more patience, since giving up is no figure: a connection for every call, a
 * rollback journal, SQLite's default cache.
 */
final class NaiveWriter implements Writer {
  private static final String PENDING =
      "SELECT "
          + LegacyTable.COLUMNS
          + " FROM tasks WHERE assigned_agent_id IS NULL AND completed_at IS NULL"
          + " ORDER BY priority DESC, created_at LIMIT ?";

  private static final String TAKE =
      "UPDATE tasks SET assigned_agent_id = ?, assigned_at = ?"
          + " WHERE id = ? AND assigned_agent_id IS NULL";

  private final String url;
  private final Properties settings = new Properties();

  NaiveWriter(Path file, Durability durability) {
    url = Raw.url(file);
    settings.setProperty("busy_timeout", Long.toString(Raw.PATIENCE_MILLIS));
    settings.setProperty("synchronous", durability.name());
  }

  private interface Work<T> {
    T on(PreparedStatement statement) throws SQLException;
  }

  private <T> T run(String sql, Work<T> work) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, settings);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      return work.on(statement);
    }
  }

  @Override
  public void add(Task task) throws SQLException {
    run(
        LegacyTable.INSERT,
        statement -> {
          LegacyTable.bind(statement, task);
          return statement.executeUpdate();
        });
  }

  @Override
  public int claim(int n) throws SQLException {
    int taken = 0;
    while (taken < n) {
      for (Task task : pending(n - taken)) {
        taken += take(task.id());
      }
    }
    return taken;
  }

  private List<Task> pending(int n) throws SQLException {
    return run(
        PENDING,
        statement -> {
          statement.setInt(1, n);
          List<Task> tasks = new ArrayList<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              tasks.add(LegacyTable.read(row));
            }
          }
          return tasks;
        });
  }

  private int take(String id) throws SQLException {
    return run(
        TAKE,
        statement -> {
          statement.setString(1, AGENT);
          statement.setString(2, Instant.now().toString());
          statement.setString(3, id);
          return statement.executeUpdate();
        });
  }

  @Override
  public void close() {
    // Every call closed what it opened.
  }
}
