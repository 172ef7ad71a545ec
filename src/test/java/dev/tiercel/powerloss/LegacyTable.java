package dev.tiercel.powerloss;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/** A database as the legacy program leaves it, which has a rollback journal. */
final class LegacyTable {
  /** The note that it is there. */
  static final String MADE = "made";

  private static final int TASKS = 40;

  private LegacyTable() {}

  /** Makes it in one transaction, and says what it holds. */
  static void create(Path folder, Random random, Notes notes) throws SQLException {
    Rows rows = new Rows();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(Workload.DATABASE));
        Statement statement = connection.createStatement()) {
      // Else SQLite does not sync the folder when it deletes a rollback journal, and a power loss
      // may
      // bring the journal back, which undoes the commit.
      statement.execute("PRAGMA synchronous=EXTRA");
      connection.setAutoCommit(false);
      statement.execute(
          "CREATE TABLE tasks (id TEXT PRIMARY KEY, title TEXT NOT NULL, description TEXT,"
              + " assigned_agent_id TEXT, created_at TEXT NOT NULL, assigned_at TEXT,"
              + " completed_at TEXT, priority INTEGER DEFAULT 1)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO tasks VALUES (?,?,?,?,?,?,?,?)")) {
        for (int i = 0; i < TASKS; i++) {
          String id = i % Workload.LEGACY.writers + "-legacy-" + i;
          String title = "%016x".formatted(random.nextLong());
          String description = "text ".repeat(random.nextInt(200));
          int priority = 1 + random.nextInt(4);
          insert.setString(1, id);
          insert.setString(2, title);
          insert.setString(3, description);
          insert.setString(5, "2024-03-0" + (1 + i % 9) + "T10:00:00");
          insert.setInt(8, priority);
          insert.executeUpdate();
          rows.add(id, Rows.value(id, title, description, priority, null));
        }
      }
      rows.sums().forEach((writer, sum) -> notes.say("begin " + writer + " " + sum));
      connection.commit();
      rows.sums().forEach((writer, sum) -> notes.say("done " + writer));
    }
  }
}
