package dev.tiercel.benchmarks;

import dev.tiercel.Tiercel;
import dev.tiercel.benchmarks.scorecard.LegacyTable;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.task.Task;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** A shape of table: how an empty one is made, and how a task is put into it. */
enum Table {
  /** Tiercel's, made by the library itself. */
  TIERCEL("tasks", Raw.INSERT, Raw::bind) {
    @Override
    void create(Path file) {
      Tiercel.builder(file).uncached().build().close();
    }

    @Override
    String giveBack() {
      return "UPDATE tasks SET assigned_agent_id = NULL, assigned_at = NULL, lease = 0,"
          + " lease_expires_at = NULL"
          + " WHERE assigned_agent_id IS NOT NULL AND completed_at IS NULL";
    }
  },

  /** Tiercel's columns with one plain index for an agent's tasks instead of its two arms. */
  FULL_INDEX("tasks", Raw.INSERT, Raw::bind) {
    @Override
    void create(Path file) throws SQLException {
      execute(
          file,
          """
          CREATE TABLE tasks (id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL,
            description TEXT, assigned_agent_id TEXT, created_at INTEGER NOT NULL,
            assigned_at INTEGER, completed_at INTEGER, priority INTEGER NOT NULL,
            updated_at INTEGER NOT NULL, version INTEGER NOT NULL, lease INTEGER NOT NULL,
            lease_expires_at INTEGER) STRICT""",
          "CREATE INDEX tasks_agent ON tasks (assigned_agent_id, created_at DESC, id DESC)");
    }
  },

  /** The legacy table with a rollback journal and no index but the key. */
  LEGACY("tasks", LegacyTable.INSERT, LegacyTable::bind) {
    @Override
    void create(Path file) throws SQLException {
      LegacyTable.write(file, Stream.empty());
    }

    @Override
    String journalMode() {
      return "DELETE";
    }
  },

  /** The legacy table with the three indexes that the performance plan of old gave it. */
  LEGACY_INDEXED("tasks", LegacyTable.INSERT, LegacyTable::bind) {
    @Override
    void create(Path file) throws SQLException {
      LegacyTable.write(file, Stream.empty());
      execute(
          file,
          "CREATE INDEX tasks_agent ON tasks(assigned_agent_id)",
          "CREATE INDEX tasks_priority ON tasks(priority DESC, created_at ASC)",
          "CREATE INDEX tasks_status ON tasks(completed_at, assigned_agent_id)");
    }
  },

  /** db-scheduler's. */
  DB_SCHEDULER(DbScheduler.TABLE, DbScheduler.INSERT, DbScheduler::bind) {
    @Override
    void create(Path file) throws SQLException {
      execute(file, DbScheduler.SCHEMA);
    }

    @Override
    String giveBack() {
      return "UPDATE scheduled_tasks SET picked = 0, picked_by = NULL, last_heartbeat = NULL"
          + " WHERE picked = 1";
    }
  };

  private interface Binder {
    void bind(PreparedStatement statement, Task task) throws SQLException;
  }

  private final String named;
  private final String insert;
  private final Binder binder;

  Table(String named, String insert, Binder binder) {
    this.named = named;
    this.insert = insert;
    this.binder = binder;
  }

  abstract void create(Path file) throws SQLException;

  String journalMode() {
    return "WAL";
  }

  String giveBack() {
    return "UPDATE tasks SET assigned_agent_id = NULL, assigned_at = NULL"
        + " WHERE assigned_agent_id IS NOT NULL AND completed_at IS NULL";
  }

  /** Makes a database of many rows quickly: all of them in one transaction, then the indexes. */
  void write(Path file, Stream<Task> tasks) throws SQLException {
    create(file);
    try (Connection connection = DriverManager.getConnection(Raw.url(file));
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=OFF");
      statement.execute("PRAGMA synchronous=OFF");
      statement.execute("PRAGMA cache_size=-262144");
      List<String> indexes = dropIndexes(statement);
      connection.setAutoCommit(false);
      try (PreparedStatement row = connection.prepareStatement(insert)) {
        for (Iterator<Task> each = tasks.iterator(); each.hasNext(); ) {
          binder.bind(row, each.next());
          row.executeUpdate();
        }
      }
      for (String index : indexes) {
        statement.execute(index);
      }
      connection.commit();
      connection.setAutoCommit(true);
      statement.execute("PRAGMA synchronous=FULL");
      statement.execute("PRAGMA journal_mode=" + journalMode());
    }
  }

  private static List<String> dropIndexes(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")) {
      while (row.next()) {
        names.add(row.getString(1));
        texts.add(row.getString(2));
      }
    }
    for (String name : names) {
      statement.execute("DROP INDEX " + name);
    }
    return texts;
  }

  /** Fails unless a database holds so many rows. */
  void requireRows(Path file, long rows) throws SQLException {
    long found = count(file);
    if (found != rows) {
      throw new IllegalStateException(rows + " rows should be there, found " + found);
    }
  }

  /** How many rows a database holds, by a connection of its own. */
  private long count(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection(Raw.url(file));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + named)) {
      return row.getLong(1);
    }
  }

  /**
   * Makes all that is assigned pending again, by a connection of its own; says how much that was.
   */
  int giveBack(Path file) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(Raw.url(file), Raw.settingsToWrite(Durability.NORMAL));
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(giveBack());
    }
  }

  private static void execute(Path file, String... texts) throws SQLException {
    try (Connection connection = DriverManager.getConnection(Raw.url(file));
        Statement statement = connection.createStatement()) {
      for (String text : texts) {
        statement.executeUpdate(text);
      }
    }
  }
}
