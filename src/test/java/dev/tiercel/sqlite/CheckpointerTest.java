package dev.tiercel.sqlite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that a long read has kept is started anew when the read says that it has ended. */
class CheckpointerTest {
  private static final int LIMIT = 1 << 20;

  /* Each adds more than a page. */
  private static final int COMMITS = 20 * LIMIT / 4_096;

  /* Nothing of this test takes as long. */
  private static final long SECOND_TRY_MILLIS = 29_000;

  @TempDir Path folder;
  private Connection writer;
  private Connection reader;
  private Connection maintenance;
  private Checkpointer checkpointer;

  @BeforeEach
  void open() throws SQLException {
    writer = connect();
    execute(writer, "PRAGMA journal_mode=WAL");
    execute(writer, "PRAGMA synchronous=OFF");
    execute(writer, "PRAGMA wal_autocheckpoint=0");
    execute(writer, "PRAGMA busy_timeout=0");
    execute(writer, "PRAGMA journal_size_limit=" + LIMIT);
    execute(writer, "CREATE TABLE n (id INTEGER PRIMARY KEY, filling)");
    reader = connect();
    maintenance = connect();
    checkpointer = new Checkpointer(maintenance, LIMIT, SECOND_TRY_MILLIS);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("n.db"));
  }

  @AfterEach
  void close() throws SQLException {
    reader.close();
    writer.close();
    checkpointer.close();
    maintenance.close();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Returns whether it was let. */
  private boolean write() throws SQLException {
    try {
      execute(writer, "INSERT INTO n (filling) VALUES (zeroblob(4096))");
      return true;
    } catch (SQLException e) {
      if (SqliteException.isBusy(e)) {
        return false;
      }
      throw e;
    }
  }

  private long logBytes() throws Exception {
    return Files.size(folder.resolve("n.db-wal"));
  }

  /** Writes until it is held up, and then until it is let again. */
  private void writeUntilATryHasFailed() throws Exception {
    while (logBytes() <= 2 * LIMIT) {
      assertTrue(write());
    }
    checkpointer.written(1_000);
    while (write()) {
      assertTrue(logBytes() < 1_000L * LIMIT, "nobody tried to start the log anew");
    }
    while (!write()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aLongReadThatEndsLetsTheLogBeStartedAnew() throws Exception {
    reader.setAutoCommit(false);
    try (Statement statement = reader.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM n")) {
      assertTrue(row.next());
    }
    writeUntilATryHasFailed();
    reader.rollback();
    long bytes = logBytes();
    checkpointer.longReadEnded();
    for (int done = 0; logBytes() >= bytes; done += write() ? 1 : 0) {
      assertTrue(done < COMMITS, "the log was not started anew");
    }
  }
}
