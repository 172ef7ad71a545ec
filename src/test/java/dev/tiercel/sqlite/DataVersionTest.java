package dev.tiercel.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code PRAGMA data_version} counts on the connection that writes. The journal behind the
 * caches tells foreign commits by it, so whatever Tiercel does itself must leave it alone.
 */
class DataVersionTest {
  @TempDir Path folder;
  private Connection own;
  private Connection other;

  @BeforeEach
  void open() throws SQLException {
    own = connect();
    other = connect();
    execute(own, "PRAGMA journal_mode=WAL");
    execute(own, "CREATE TABLE n (id INTEGER PRIMARY KEY)");
    execute(own, "INSERT INTO n VALUES (1)");
  }

  @AfterEach
  void close() throws SQLException {
    own.close();
    other.close();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("n.db"));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long version() throws SQLException {
    try (Statement statement = own.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA data_version")) {
      return row.getLong(1);
    }
  }

  @Test
  void ownTransactionsLeaveIt() throws SQLException {
    long before = version();
    List<String> statements =
        List.of(
            "BEGIN IMMEDIATE",
            "INSERT INTO n VALUES (2)",
            "SAVEPOINT piece",
            "INSERT INTO n VALUES (3)",
            "ROLLBACK TO piece",
            "RELEASE piece",
            "COMMIT",
            "BEGIN IMMEDIATE",
            "INSERT INTO n VALUES (4)",
            "ROLLBACK");
    for (String statement : statements) {
      execute(own, statement);
      assertEquals(before, version(), statement);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PRAGMA wal_checkpoint(PASSIVE)",
        "PRAGMA wal_checkpoint(FULL)",
        "PRAGMA wal_checkpoint(RESTART)",
        "SELECT count(*) FROM n",
        "BEGIN IMMEDIATE; ROLLBACK",
        "BEGIN IMMEDIATE; COMMIT"
      })
  void whatOthersDoWithoutACommitLeavesIt(String script) throws SQLException {
    long before = version();
    for (String sql : script.split("; ", -1)) {
      execute(other, sql);
    }
    assertEquals(before, version());
    execute(own, "INSERT INTO n VALUES (2)");
    assertEquals(before, version(), "the next commit of our own");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"INSERT INTO n VALUES (2)", "PRAGMA user_version=7", "CREATE TABLE other (id)"})
  void commitsOfOthersChangeIt(String sql) throws SQLException {
    long before = version();
    execute(other, sql);
    long after = version();
    assertNotEquals(before, after);
    execute(own, "INSERT INTO n VALUES (3)");
    assertEquals(after, version());
  }

  @Test
  void aCheckpointOfOthersThatCutsTheLogChangesIt() throws SQLException {
    long before = version();
    execute(other, "PRAGMA wal_checkpoint(TRUNCATE)");
    assertNotEquals(before, version(), "then the Checkpointer may cut the log itself again");
  }
}
