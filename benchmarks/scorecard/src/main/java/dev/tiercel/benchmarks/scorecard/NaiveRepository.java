package dev.tiercel.benchmarks.scorecard;

import dev.tiercel.sqlite.Durability;
import dev.tiercel.task.Task;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.Function;
import org.sqlite.SQLiteErrorCode;

/**
 * The repository that Tiercel replaces: the legacy table, and a connection opened for every call.
 *
 * <p>It waits five seconds for a lock, as Python's sqlite3 does, and leaves everything else at
 * SQLite's defaults, unless it is told another durability.
 */
public final class NaiveRepository implements Side {
  private static final String SELECT = "SELECT " + LegacyTable.COLUMNS + " FROM tasks";

  private final String url;
  private final boolean exact;

  /**
   * Opens nothing yet.
   *
   * @param file the database
   */
  public NaiveRepository(Path file) {
    this(file, false);
  }

  /**
   * Opens nothing yet.
   *
   * @param file the database
   * @param durability what a commit survives
   */
  public NaiveRepository(Path file, Durability durability) {
    this(url(file) + "&synchronous=" + durability, false);
  }

  /**
   * Exact, its lists can be compared: ties are broken by id, times in different offsets are sorted
   * as times, and no priority as the lowest. As it is, the naive repository leaves ties open and
   * sorts times as text.
   */
  NaiveRepository(Path file, boolean exact) {
    this(url(file), exact);
  }

  private NaiveRepository(String url, boolean exact) {
    this.url = url;
    this.exact = exact;
  }

  private static String url(Path file) {
    return "jdbc:sqlite:" + file + "?busy_timeout=5000";
  }

  /** A write was given up because others held the lock for too long. */
  public static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1;

    Busy(SQLException cause) {
      super(cause);
    }
  }

  @Override
  public String name() {
    return "naive";
  }

  @Override
  public Optional<Task> findById(String id) {
    return list(SELECT + " WHERE id = ?", id).stream().findFirst();
  }

  @Override
  public List<Task> findByAgent(String agent, int limit) {
    return list(
        SELECT + " WHERE assigned_agent_id = ? ORDER BY " + created() + " DESC" + ties(" DESC"),
        agent,
        limit);
  }

  @Override
  public List<Task> findPending(int limit) {
    return list(
        SELECT
            + " WHERE assigned_agent_id IS NULL AND completed_at IS NULL"
            + " ORDER BY "
            + (exact ? "ifnull(priority, 1)" : "priority")
            + " DESC, "
            + created()
            + ties(""),
        limit);
  }

  @Override
  public List<Task> findAll(int limit) {
    return list(SELECT + " ORDER BY " + created() + " DESC" + ties(" DESC"), limit);
  }

  private String created() {
    return exact ? "instant(created_at)" : "created_at";
  }

  private String ties(String direction) {
    return (exact ? ", id" + direction : "") + " LIMIT ?";
  }

  @Override
  public long countOfAgent(String agent) {
    return run(
        "SELECT count(*) FROM tasks WHERE assigned_agent_id = ?",
        statement -> {
          statement.setString(1, agent);
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  @Override
  public Task add(Task task) {
    return run(
        LegacyTable.INSERT,
        statement -> {
          LegacyTable.bind(statement, task);
          statement.executeUpdate();
          return task;
        });
  }

  @Override
  public Task save(Task task) {
    return run(
        "UPDATE tasks SET (" + LegacyTable.COLUMNS + ") = (?,?,?,?,?,?,?,?) WHERE id = ?",
        statement -> {
          LegacyTable.bind(statement, task);
          statement.setString(9, task.id());
          statement.executeUpdate();
          return task;
        });
  }

  @Override
  public long listEverything() {
    return findAll(Integer.MAX_VALUE).stream().filter(task -> !task.title().isEmpty()).count();
  }

  @Override
  public void close() {
    // Every call closed what it opened.
  }

  private List<Task> list(String sql, Object... values) {
    return run(
        sql,
        statement -> {
          for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
          }
          List<Task> tasks = new ArrayList<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              tasks.add(LegacyTable.read(row));
            }
          }
          return tasks;
        });
  }

  private Connection open() throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    if (exact) {
      Function.create(
          connection,
          "instant",
          new Function() {
            @Override
            protected void xFunc() throws SQLException {
              result(ChronoUnit.MICROS.between(Instant.EPOCH, LegacyTable.time(value_text(0))));
            }
          });
    }
    return connection;
  }

  private interface Work<T> {
    T on(PreparedStatement statement) throws SQLException;
  }

  private <T> T run(String sql, Work<T> work) {
    try (Connection connection = open();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      return work.on(statement);
    } catch (SQLException e) {
      if ((e.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code) {
        throw new Busy(e);
      }
      throw new IllegalStateException("the naive repository failed: " + e.getMessage(), e);
    }
  }
}
