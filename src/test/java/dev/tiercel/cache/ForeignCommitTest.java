package dev.tiercel.cache;

import static dev.tiercel.cache.LedgerDatabase.elsewhere;
import static dev.tiercel.cache.LedgerDatabase.item;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.SqliteException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits that bypass the ledger are found out, and our own doings are not taken for any. */
class ForeignCommitTest {
  private static final Tag OTHER = item("other");
  private static final long LOG_LIMIT = 1L << 20;

  @TempDir Path folder;
  private LedgerDatabase items;
  private SqliteLedger ledger;

  @BeforeEach
  void open() {
    items = LedgerDatabase.closed(folder.resolve("items.db"), 100_000);
    ledger = items.ledger;
    items.opened(with -> with.walBytes(LOG_LIMIT), ledger.journal());
  }

  @AfterEach
  void close() {
    items.close();
  }

  private void commitElsewhere(String id) throws Exception {
    elsewhere(items.file, "INSERT INTO item VALUES ('" + id + "', 'somebody')");
  }

  private void assertNothingFound(long before, String after) {
    ledger.look();
    assertEquals(List.of(), items.warnings, after);
    assertTrue(items.isCurrent(before, OTHER), after);
  }

  @Test
  void aLookFindsACommitOfSomebodyElseOnce() throws Exception {
    long before = items.write("a");
    ledger.look();
    assertEquals(before, ledger.seq(), "a look alone writes nothing");
    commitElsewhere("b");
    assertTrue(items.isCurrent(before, OTHER));
    ledger.look();
    assertEquals(before + 1, ledger.seq());
    assertFalse(ledger.versions.isUntouched(before));
    assertFalse(items.isCurrent(before, OTHER));
    assertTrue(items.isCurrent(before + 1, OTHER));
    assertEquals(1, items.warnings.size());
    ledger.look();
    assertEquals(before + 1, ledger.seq());
    items.write("c");
    assertTrue(items.isCurrent(before + 1, OTHER));
    assertEquals(1, items.warnings.size());
  }

  @Test
  void whatWasFoundIsVoidAfterOpeningAgain() throws Exception {
    long before = items.write("a");
    commitElsewhere("b");
    ledger.look();
    items.close();
    try (LedgerDatabase again = LedgerDatabase.open(items.file)) {
      assertFalse(again.isCurrent(before, OTHER));
      assertTrue(again.isCurrent(before + 1, OTHER));
    }
  }

  @Test
  void aCommitBetweenTwoOfOurOwnIsFoundByTheSecond() throws Exception {
    long before = items.write("a");
    commitElsewhere("b");
    assertEquals(before + 1, items.write("c"));
    assertFalse(items.isCurrent(before, OTHER));
    assertTrue(items.isCurrent(before + 1, OTHER));
    assertEquals(1, items.warnings.size());
  }

  @Test
  void whatWasFoundIsFoundAgainIfTheCommitIsRolledBack() throws Exception {
    items.close();
    LedgerDatabase second = LedgerDatabase.closed(items.file, 100_000);
    StepJournal steps = new StepJournal(second.ledger.journal());
    second.opened(with -> with, steps);
    long before = second.write("a");
    commitElsewhere("b");
    steps.after = "NO SQL AT ALL";
    assertThrows(SqliteException.class, () -> second.write("c"));
    steps.after = "";
    assertTrue(second.isCurrent(before, OTHER));
    second.ledger.look();
    assertFalse(second.isCurrent(before, OTHER));
    assertEquals(1, second.warnings.size());
    second.close();
  }

  @Test
  void itIsWarnedOncePerMinuteAtMost() throws Exception {
    for (int i = 0; i < 3; i++) {
      commitElsewhere("b" + i);
      ledger.look();
      assertFalse(items.isCurrent(ledger.seq() - 1, OTHER));
    }
    assertEquals(1, items.warnings.size());
    String warning = items.warnings.get(0);
    assertTrue(warning.contains("committed") && warning.contains("without caches"), warning);
    items.now = Duration.ofMinutes(1).toNanos();
    commitElsewhere("c");
    ledger.look();
    assertEquals(2, items.warnings.size());
  }

  @Test
  void theScheduleLooks() throws Exception {
    long before = ledger.seq();
    commitElsewhere("b");
    items.schedule.pass();
    assertFalse(items.isCurrent(before, OTHER));
  }

  @Test
  void rowsThatSomebodyPutIntoTheLogAreHeeded() throws Exception {
    long before = items.write("a");
    byte[] blob = new LogRow(Raise.pattern("k*"), 0).encode(before + 7, 42);
    StringBuilder hex = new StringBuilder();
    for (byte b : blob) {
      hex.append("%02x".formatted(b));
    }
    elsewhere(
        items.file, "INSERT INTO tiercel_log VALUES (" + (before + 7) + ", 42, x'" + hex + "')");
    assertEquals(before + 8, items.write("c"));
    assertTrue(ledger.isKnown(42, before + 7));
    assertFalse(ledger.isKnown(42, before + 8));
    assertEquals(before + 7, ledger.versions.bans()[0].seq());
  }

  @Test
  void aDatabaseThatIsBusyIsLeftAloneUntilTheNextLook() throws Exception {
    items.close();
    LedgerDatabase second = LedgerDatabase.closed(items.file, 100_000);
    second.opened(with -> with.busyTimeout(Duration.ofMillis(250)), second.ledger.journal());
    long before = second.write("a");
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + items.file);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("INSERT INTO item VALUES ('b', 'somebody')");
      second.ledger.look();
      assertTrue(second.isCurrent(before, OTHER));
      statement.execute("COMMIT");
    }
    second.ledger.look();
    assertFalse(second.isCurrent(before, OTHER));
    second.close();
  }

  @Test
  void ourOwnCheckpointsAreNotTakenForCommitsOfOthers() throws Exception {
    long before = ledger.seq();
    Path log = items.file.resolveSibling("items.db-wal");
    int shrunk = 0;
    long longest = 0;
    for (int i = 0; shrunk < 3 && i < 100_000; i++) {
      items.write("item-" + i);
      long bytes = Files.size(log);
      if (bytes < longest) {
        assertNothingFound(before, "after the log was started anew");
        shrunk++;
        longest = 0;
      }
      longest = Math.max(longest, bytes);
    }
    assertEquals(3, shrunk);
    assertNothingFound(before, "after all");
  }

  @Test
  void whatReadsOrCopiesOrOptimizesIsNotTakenForACommitOfOthers() throws Exception {
    long before = items.write("a");
    items.database.backup(folder.resolve("backup.db"));
    assertNothingFound(before, "after a backup");
    elsewhere(items.file, "SELECT * FROM item");
    assertNothingFound(before, "after a read by somebody else");
    items.items();
    assertNothingFound(before, "after a read of our own");
    items.close();
    try (LedgerDatabase again = LedgerDatabase.open(items.file)) {
      again.ledger.look();
      again.write("b");
      assertEquals(List.of(), again.warnings, "after PRAGMA optimize and the last checkpoint");
      assertTrue(again.isCurrent(before, OTHER));
    }
  }

  @Test
  void aWriterThatWasReplacedVoidsQuietly() {
    long before = items.write("a");
    assertThrows(
        SqliteException.class,
        () ->
            items.database.write(
                (session, changes) -> {
                  session.update("ROLLBACK", row -> {}); // So that the COMMIT fails.
                  return 0;
                }));
    items.write("b");
    assertFalse(items.isCurrent(before, OTHER), "somebody may have written in between");
    long after = ledger.seq();
    assertNothingFound(after, "compared with the new connection");
    items.write("c");
    assertNothingFound(after, "compared with the new connection");
  }
}
