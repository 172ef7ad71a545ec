package dev.tiercel.benchmarks;

import dev.tiercel.sqlite.Durability;
import dev.tiercel.task.Task;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;

/** JDBC by hand on Tiercel's table: what a careful person writes without a library. */
final class Raw {
  static final String COLUMNS =
      "id, title, description, assigned_agent_id, created_at, assigned_at, completed_at, priority,"
          + " updated_at, version, lease, lease_expires_at";
  static final String INSERT =
      "INSERT INTO tasks (" + COLUMNS + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?)";

  /** The most urgent pending tasks. */
  static final String PENDING =
      "SELECT "
          + COLUMNS
          + " FROM tasks INDEXED BY tasks_pending_urgent"
          + " WHERE assigned_agent_id IS NULL AND completed_at IS NULL"
          + " ORDER BY priority DESC, created_at, id LIMIT ?";

  /** Takes tasks with one statement and its result, as Tiercel's table allows. */
  static final String CLAIM =
      "UPDATE tasks SET assigned_agent_id = ?, assigned_at = ?, updated_at = ?,"
          + " version = version + 1, lease = ?, lease_expires_at = ? WHERE rowid IN (SELECT rowid"
          + " FROM tasks INDEXED BY tasks_pending_urgent"
          + " WHERE assigned_agent_id IS NULL AND completed_at IS NULL"
          + " ORDER BY priority DESC, created_at, id LIMIT ?) RETURNING "
          + COLUMNS;

  static final long LEASE_MICROS = 3_600_000_000L;
  static final long PATIENCE_MILLIS = 60_000;
  static final String QUERY_ONLY = "PRAGMA query_only=ON";
  private static final long MICROS = 1_000_000;

  private Raw() {}

  /** The settings of Tiercel's reading connections, as sqlite-jdbc takes them. */
  static Properties settings() {
    Properties settings = new Properties();
    settings.setProperty("jdbc.get_generated_keys", "false");
    settings.setProperty("busy_timeout", "10000");
    settings.setProperty("foreign_keys", "ON");
    settings.setProperty("temp_store", "MEMORY");
    settings.setProperty("cache_size", "-16384");
    settings.setProperty("mmap_size", "0");
    settings.setProperty("synchronous", "FULL");
    settings.setProperty("journal_size_limit", Long.toString(64L << 20));
    return settings;
  }

  /** The settings of a writing connection, which waits longer for a lock than reads need to. */
  static Properties settingsToWrite(Durability durability) {
    Properties settings = settings();
    settings.setProperty("busy_timeout", Long.toString(PATIENCE_MILLIS));
    settings.setProperty("synchronous", durability.name());
    return settings;
  }

  static String url(Path file) {
    return "jdbc:sqlite:" + file;
  }

  static Connection open(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection(url(file), settings());
    try (Statement statement = connection.createStatement()) {
      statement.execute(QUERY_ONLY);
      require(statement, "journal_mode", "wal");
      require(statement, "cache_size", "-16384");
      require(statement, "temp_store", "2");
      require(statement, "query_only", "1");
    }
    return connection;
  }

  private static void require(Statement statement, String pragma, String value)
      throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
      if (!value.equals(row.getString(1))) {
        throw new IllegalStateException(pragma + " is " + row.getString(1) + ", not " + value);
      }
    }
  }

  /** A connection as the naive way opens one for every call: nothing set but the waiting. */
  static Connection openForOneCall(Path file) throws SQLException {
    return DriverManager.getConnection(url(file) + "?busy_timeout=5000");
  }

  /** The one task that a statement with all its parameters set finds. */
  static Task one(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw new IllegalStateException("a task that should be there is not");
      }
      return task(row);
    }
  }

  /** The number that a statement with all its parameters set finds. */
  static long number(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.getLong(1);
    }
  }

  /** What was read, if there is as much of it as there must be. */
  static <T extends Collection<?>> T full(int size, T read) {
    if (read.size() != size) {
      throw new IllegalStateException("read " + read.size() + " instead of " + size);
    }
    return read;
  }

  /** The tasks that a statement with all its parameters set finds. */
  static List<Task> list(PreparedStatement statement) throws SQLException {
    List<Task> tasks = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        tasks.add(task(row));
      }
    }
    return tasks;
  }

  /** Runs {@link #CLAIM}; says how many tasks it took. */
  static int claim(PreparedStatement statement, long lease, int n) throws SQLException {
    long now = micros(Instant.now());
    statement.setString(1, Writer.AGENT);
    statement.setLong(2, now);
    statement.setLong(3, now);
    statement.setLong(4, lease);
    statement.setLong(5, now + LEASE_MICROS);
    statement.setInt(6, n);
    return list(statement).size();
  }

  static void bind(PreparedStatement statement, Task task) throws SQLException {
    statement.setString(1, task.id());
    statement.setString(2, task.title());
    statement.setString(3, task.description());
    statement.setString(4, task.assignedAgentId());
    statement.setLong(5, micros(task.createdAt()));
    setNullable(statement, 6, task.assignedAt());
    setNullable(statement, 7, task.completedAt());
    statement.setInt(8, task.priority());
    statement.setLong(9, micros(task.updatedAt()));
    statement.setLong(10, task.version());
    statement.setLong(11, task.lease());
    setNullable(statement, 12, task.leaseExpiresAt());
  }

  static Task task(ResultSet row) throws SQLException {
    return new Task(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        instant(row.getLong(5)),
        nullable(row, 6),
        nullable(row, 7),
        row.getInt(8),
        instant(row.getLong(9)),
        row.getLong(10),
        row.getLong(11),
        nullable(row, 12));
  }

  static long micros(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), MICROS), time.getNano() / 1_000);
  }

  private static void setNullable(PreparedStatement statement, int parameter, Instant time)
      throws SQLException {
    if (time == null) {
      statement.setNull(parameter, Types.INTEGER);
    } else {
      statement.setLong(parameter, micros(time));
    }
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000L);
  }

  private static Instant nullable(ResultSet row, int column) throws SQLException {
    long micros = row.getLong(column);
    return micros == 0 && row.wasNull() ? null : instant(micros);
  }
}
