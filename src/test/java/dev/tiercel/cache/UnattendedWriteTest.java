package dev.tiercel.cache;

import static dev.tiercel.cache.LedgerDatabase.elsewhere;
import static dev.tiercel.cache.LedgerDatabase.item;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was written while no ledger was open voids what was cached before. */
class UnattendedWriteTest {
  private static final Tag OTHER = item("other");
  private static final String INSERT = "INSERT INTO item VALUES ('b', 'somebody')";

  @TempDir Path folder;
  private Path file;
  private long before;

  @BeforeEach
  void writeAndClose() {
    file = folder.resolve("items.db");
    try (LedgerDatabase first = LedgerDatabase.open(file)) {
      before = first.write("a");
    }
  }

  private void assertNextFinds(boolean isCurrent) {
    for (int i = 0; i < 2; i++) {
      try (LedgerDatabase next = LedgerDatabase.open(file)) {
        assertEquals(isCurrent, next.isCurrent(before, OTHER), "open number " + (i + 1));
        assertTrue(next.isCurrent(next.ledger.seq(), OTHER));
      }
    }
  }

  @Test
  void aClosedDatabaseThatNobodyTouchedKeepsWhatIsCached() throws SQLException {
    assertNextFinds(true);
    elsewhere(file, "SELECT * FROM item");
    assertNextFinds(true);
    try (SqliteDatabase bare = SqliteDatabase.builder(file).open()) {
      assertTrue(bare.isAutoMigrating());
    }
    assertNextFinds(true);
  }

  @Test
  void aCommitWhileNoLedgerWasOpenVoidsWhatIsOlder() throws SQLException {
    elsewhere(file, INSERT);
    assertNextFinds(false);
  }

  @Test
  void aCommitThatIsStillInTheLogOfItsWriterIsFoundToo() throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute(INSERT);
      assertNextFinds(false);
    }
  }

  @Test
  void whoReadsOnWhenTheLedgerClosesMayWriteUnseen() throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      try (LedgerDatabase second = LedgerDatabase.open(file)) {
        statement.execute("BEGIN");
        try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM item")) {
          assertEquals(1, rows.getInt(1));
        }
        before = second.write("c"); // Stays in the log, which that reader keeps.
      }
      statement.execute("COMMIT");
      statement.execute(INSERT);
      assertNextFinds(false);
    }
  }

  @Test
  void anOpeningThatFailsDoesNotForgetWhatItFound() throws Exception {
    elsewhere(
        file, INSERT, "ALTER TABLE tiercel_log RENAME TO gone", "CREATE TABLE tiercel_log (x)");
    LedgerDatabase failing = LedgerDatabase.closed(file, 100);
    assertThrows(RuntimeException.class, failing::opened);
    LedgerDatabase.unseen(file, "DROP TABLE tiercel_log", "ALTER TABLE gone RENAME TO tiercel_log");
    assertNextFinds(false);
  }

  @Test
  void aCommitAfterTheLastLookIsSeenAtTheClosing() throws SQLException {
    try (LedgerDatabase second = LedgerDatabase.open(file)) {
      elsewhere(file, INSERT);
      second.ledger.close();
    }
    assertNextFinds(false);
  }

  @Test
  void aLedgerThatCouldNotLookAtItsClosingIsNotSure() throws SQLException {
    LedgerDatabase second = LedgerDatabase.closed(file, 100);
    second.opened(with -> with.busyTimeout(Duration.ofMillis(250)), second.ledger.journal());
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      second.close();
      statement.execute("ROLLBACK");
    }
    assertNextFinds(false);
  }

  @Test
  void aDeletedLockFileVoidsWhatIsOlder() throws IOException {
    Files.delete(folder.resolve("items.db-owner"));
    assertNextFinds(false);
  }

  @Test
  void anOwnerThatDiedLeavesWhatIsCached() throws Exception {
    killAnOwner();
    try (LedgerDatabase next = LedgerDatabase.open(file)) {
      assertTrue(next.isCurrent(before, OTHER));
    }
  }

  @Test
  void whoOpensTheFileAfterItsOwnerDiedMayHaveWritten() throws Exception {
    killAnOwner();
    elsewhere(file, "SELECT * FROM item"); // Copies the log into the database, as a writer would.
    assertNextFinds(false);
  }

  private void killAnOwner() throws Exception {
    Process owner = OwningProcess.start(file, folder.resolve("errors"));
    try {
      String answer = OwningProcess.firstLine(owner);
      assertTrue(answer.startsWith("owns"), answer + Files.readString(folder.resolve("errors")));
    } finally {
      owner.toHandle().destroyForcibly();
    }
    owner.waitFor();
    assertFalse(owner.isAlive());
  }
}
