package dev.tiercel.sqlite;

import static dev.tiercel.sqlite.NumberTable.numbers;
import static dev.tiercel.sqlite.NumberTable.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.SqliteException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal hears when its database opens and closes. */
class JournalLifeTest {
  @TempDir Path folder;

  /** Writes at every chance, and fails where it is told to. */
  private static final class Living implements WriteJournal {
    final List<String> calls = new ArrayList<>();
    SqliteDatabase database;
    String failing = "";
    Throwable failure = new IllegalStateException("made by the test");

    private void pass(String call) {
      calls.add(call);
      if (call.equals(failing)) {
        if (failure instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) failure;
      }
    }

    @Override
    public void opened(SqliteDatabase opening) {
      database = opening;
      write(opening, 1);
      pass("opened");
    }

    @Override
    public void closing() {
      write(database, 2);
      pass("closing");
    }

    @Override
    public void closed() {
      assertEquals(
          Kind.CLOSED, assertThrows(SqliteException.class, () -> numbers(database)).kind());
      assertFalse(Files.exists(database.file().resolveSibling("n.db-wal")), "a connection is open");
      pass("closed");
    }

    @Override
    public void beforeCommit(Connection connection, List<RowChange> changes) {
      pass("before");
    }

    @Override
    public void committed() {
      pass("committed");
    }

    @Override
    public void rolledBack() {}

    @Override
    public void unknown() {}
  }

  private final Living journal = new Living();

  private List<Long> stored() {
    try (SqliteDatabase database = NumberTable.in(folder).open()) {
      return numbers(database);
    }
  }

  @Test
  void aJournalWritesWhileItsDatabaseOpensAndCloses() {
    SqliteDatabase database = NumberTable.in(folder).journal(journal).open();
    assertSame(database, journal.database);
    assertEquals(folder.resolve("n.db"), database.file());
    assertTrue(database.isAutoMigrating());
    database.close();
    database.close();
    assertEquals(
        List.of("before", "committed", "opened", "before", "committed", "closing", "closed"),
        journal.calls);
    assertEquals(List.of(1L, 2L), stored());
  }

  @Test
  void aJournalThatRefusesMakesTheOpeningFail() {
    journal.failing = "opened";
    Throwable e =
        assertThrows(
            IllegalStateException.class, () -> NumberTable.in(folder).journal(journal).open());
    assertSame(journal.failure, e);
    assertEquals(List.of("before", "committed", "opened"), journal.calls);
    journal.closed(); // Everything is.
    assertEquals(
        Kind.CLOSED, assertThrows(SqliteException.class, () -> write(journal.database, 3)).kind());
    assertEquals(List.of(1L), stored());
  }

  @Test
  void anErrorOfAJournalThatOpensIsThrownAsItIs() {
    journal.failing = "opened";
    journal.failure = new AssertionError("made by the test", new SQLException("below"));
    Throwable e =
        assertThrows(Throwable.class, () -> NumberTable.in(folder).journal(journal).open());
    assertSame(journal.failure, e);
  }

  @Test
  void ofARowOfTheJournalThatMayBeStoredOrNotAnOpenerIsToldWhatToDo() {
    journal.failing = "opened";
    SQLException below = new SQLException("disk I/O error");
    journal.failure = new SqliteException(Kind.UNKNOWN_OUTCOME, "the write may be stored", below);
    SqliteException e =
        assertThrows(SqliteException.class, () -> NumberTable.in(folder).journal(journal).open());
    assertEquals(Kind.OTHER, e.kind());
    assertEquals(
        "cannot open "
            + folder.resolve("n.db")
            + ": a commit failed; open it again, or check the disk and the limits of quota,"
            + " file size and files: disk I/O error",
        e.getMessage());
    assertSame(journal.failure, e.getCause());
  }

  @Test
  void whyARowOfTheJournalIsRefusedIsToldWithTheFile() {
    journal.failing = "opened";
    journal.failure = new SqliteException(Kind.FULL, "the write failed: no room is left", null);
    SqliteException e =
        assertThrows(SqliteException.class, () -> NumberTable.in(folder).journal(journal).open());
    assertEquals(Kind.FULL, e.kind());
    assertEquals(
        "cannot open " + folder.resolve("n.db") + ": the write failed: no room is left",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"closing", "closed"})
  void aJournalThatFailsAtTheEndHarmsNobody(String where) {
    journal.failing = where;
    NumberTable.in(folder).journal(journal).open().close();
    assertEquals("closed", journal.calls.get(journal.calls.size() - 1));
    assertEquals(List.of(1L, 2L), stored());
  }

  @Test
  void aTransactionThatTriesToCloseIsRefusedBeforeTheJournalHearsOfIt() {
    try (SqliteDatabase database = NumberTable.in(folder).journal(journal).open()) {
      assertThrows(
          IllegalStateException.class,
          () ->
              database.alone(
                  (session, changes) -> {
                    journal.database.close();
                    return 0;
                  }));
      assertFalse(journal.calls.contains("closing"));
      assertEquals(3, write(database, 3));
    }
  }
}
