package dev.tiercel.benchmarks.scorecard;

import dev.tiercel.task.Task;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;

/** The table as the earlier repository wrote it: times as ISO text, no index but the key. */
public final class LegacyTable {
  /** The columns, in the order of {@link #bind} and {@link #read}. */
  public static final String COLUMNS =
      "id, title, description, assigned_agent_id, created_at, assigned_at, completed_at, priority";

  /** Stores a task. */
  public static final String INSERT =
      "INSERT INTO tasks (" + COLUMNS + ") VALUES (?,?,?,?,?,?,?,?)";

  private static final String CREATE =
      """
      CREATE TABLE tasks (
        id                TEXT PRIMARY KEY,
        title             TEXT NOT NULL,
        description       TEXT,
        assigned_agent_id TEXT,
        created_at        TEXT NOT NULL,
        assigned_at       TEXT,
        completed_at      TEXT,
        priority          INTEGER DEFAULT 1
      )""";

  private static final DateTimeFormatter WHOLE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'+00:00'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private LegacyTable() {}

  /**
   * Makes a database with these tasks.
   *
   * @param file the file to make
   * @param tasks the tasks
   * @throws SQLException if it cannot be made
   */
  public static void write(Path file, Stream<Task> tasks) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
      connection.setAutoCommit(false);
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        for (Iterator<Task> each = tasks.iterator(); each.hasNext(); ) {
          bind(insert, each.next());
          insert.executeUpdate();
        }
      }
      connection.commit();
    }
  }

  /**
   * Sets the parameters of {@link #INSERT}.
   *
   * @param statement the statement
   * @param task the task
   * @throws SQLException if the driver fails
   */
  public static void bind(PreparedStatement statement, Task task) throws SQLException {
    statement.setString(1, task.id());
    statement.setString(2, task.title());
    statement.setString(3, task.description());
    statement.setString(4, task.assignedAgentId());
    statement.setString(5, text(task.createdAt()));
    statement.setString(6, text(task.assignedAt()));
    statement.setString(7, text(task.completedAt()));
    statement.setInt(8, task.priority());
  }

  /**
   * Reads a row that begins with {@link #COLUMNS}.
   *
   * @param row the row
   * @return the task
   * @throws SQLException if the driver fails
   */
  public static Task read(ResultSet row) throws SQLException {
    Instant created = time(row.getString(5));
    int given = row.getInt(8);
    int priority = row.wasNull() ? 1 : given;
    return new Task(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        created,
        time(row.getString(6)),
        time(row.getString(7)),
        priority,
        created,
        1,
        0,
        null);
  }

  /** As Python's isoformat writes it, which leaves out a fraction of zero. */
  private static String text(Instant time) {
    return time == null ? null : (time.getNano() == 0 ? WHOLE : MICROS).format(time);
  }

  static Instant time(String text) {
    if (text == null) {
      return null;
    }
    String iso = text.replace(' ', 'T');
    int sign = Math.max(iso.indexOf('+', 11), iso.indexOf('-', 11));
    return sign < 0 && !iso.endsWith("Z")
        ? LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC)
        : OffsetDateTime.parse(iso).toInstant();
  }
}
