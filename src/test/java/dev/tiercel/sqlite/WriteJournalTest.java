package dev.tiercel.sqlite;

import static dev.tiercel.sqlite.NumberTable.insert;
import static dev.tiercel.sqlite.NumberTable.numbers;
import static dev.tiercel.sqlite.NumberTable.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tiercel.sqlite.NumberTable.Numbered;
import dev.tiercel.sqlite.SqliteException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteJournalTest {
  @TempDir Path folder;
  private final RecordingJournal journal = new RecordingJournal();
  private SqliteDatabase database;

  @BeforeEach
  void open() {
    database = NumberTable.in(folder).journal(journal).open();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void theJournalGetsTheRowsBeforeAndAfter() {
    List<RowChange> rows =
        List.of(
            new RowChange("n", null, new Numbered(1)),
            new RowChange("n", new Numbered(1), new Numbered(2)),
            new RowChange("n", new Numbered(2), null));
    Written<Integer> written =
        database.write(
            (session, changes) -> {
              rows.forEach(row -> changes.add(row.table(), row.before(), row.after()));
              return 7;
            });
    assertEquals(7, written.value());
    assertEquals(rows, written.changes());
    assertEquals(List.of(rows), journal.changes);
    assertEquals(List.of("before", "committed"), journal.calls);
    assertThrows(UnsupportedOperationException.class, () -> journal.changes.get(0).clear());
  }

  @Test
  void aWriteThatChangesNothingIsNotReported() {
    assertEquals(5, database.write((session, changes) -> 5).value());
    assertEquals(List.of(), journal.calls);
  }

  @Test
  void whatTheJournalWritesIsCommittedWithTheData() {
    journal.step = connection -> execute(connection, "INSERT INTO n VALUES (1000)");
    write(database, 1);
    assertEquals(List.of(1L, 1000L), numbers(database));
  }

  @Test
  void aJournalThatThrowsBeforeTheCommitStopsTheGroup() throws Exception {
    journal.step =
        connection -> {
          execute(connection, "INSERT INTO n VALUES (1000)");
          throw new SQLException("refused by the journal");
        };
    QueuedWriter<Long> first;
    QueuedWriter<Long> second;
    try (var holder = new NumberTable.Holder(database)) {
      first = QueuedWriter.queue(() -> write(database, 1));
      second = QueuedWriter.queue(() -> write(database, 2));
      holder.letGo();
    }
    assertEquals(Kind.OTHER, first.kind());
    assertEquals(Kind.OTHER, second.kind());
    assertEquals(List.of("before", "rolledBack"), journal.calls);
    assertEquals(List.of(), numbers(database));
    journal.step = connection -> {};
    write(database, 3);
    assertEquals(List.of(3L), numbers(database));
  }

  @Test
  void anErrorOfTheJournalBeforeTheCommitReachesTheCaller() {
    AssertionError error = new AssertionError("made by the test");
    journal.step =
        connection -> {
          throw error;
        };
    assertSame(error, assertThrows(AssertionError.class, () -> write(database, 1)));
    journal.step = connection -> {};
    write(database, 2);
    assertEquals(List.of(2L), numbers(database));
  }

  @Test
  void aJournalThatFailsAfterTheCommitHarmsNobody() {
    journal.outcome =
        () -> {
          throw new IllegalStateException("made by the test");
        };
    assertEquals(1, write(database, 1));
    assertEquals(2, write(database, 2));
    assertEquals(List.of("before", "committed", "before", "committed"), journal.calls);
    assertEquals(List.of(1L, 2L), numbers(database));
  }

  private Session sessionOfAWrite() {
    return database.write((session, changes) -> session).value();
  }

  @ParameterizedTest
  @ValueSource(strings = {"COMMIT", "ROLLBACK"})
  void aCommitThatFailsHasAnUnknownOutcomeAndTheWriterIsReplaced(String ending) {
    Session before = sessionOfAWrite();
    journal.step = connection -> execute(connection, ending);
    SqliteException e = assertThrows(SqliteException.class, () -> write(database, 1));
    assertEquals(Kind.UNKNOWN_OUTCOME, e.kind());
    assertEquals(List.of("before", "unknown"), journal.calls);
    journal.step = connection -> {};
    assertNotSame(before, sessionOfAWrite());
    write(database, 2);
    assertEquals(ending.equals("COMMIT") ? List.of(1L, 2L) : List.of(2L), numbers(database));
  }

  @Test
  void everyWriteOfAGroupWhoseCommitFailsIsToldSo() throws Exception {
    journal.step = connection -> execute(connection, "ROLLBACK");
    QueuedWriter<Long> first;
    QueuedWriter<Long> second;
    QueuedWriter<Long> loser;
    try (var holder = new NumberTable.Holder(database)) {
      first = QueuedWriter.queue(() -> write(database, 1));
      second = QueuedWriter.queue(() -> write(database, 2));
      loser = QueuedWriter.queue(() -> write(database, 2));
      holder.letGo();
    }
    assertEquals(Kind.UNKNOWN_OUTCOME, first.kind());
    assertEquals(Kind.UNKNOWN_OUTCOME, second.kind());
    assertEquals(Kind.OTHER, loser.kind());
  }

  @Test
  void aPieceThatEndsItsTransactionUnnoticedHasAnUnknownOutcome() {
    SqliteException e =
        assertThrows(
            SqliteException.class,
            () ->
                database.write(
                    (session, changes) -> {
                      insert(session, changes, 1);
                      session.execute("ROLLBACK");
                      return 0;
                    }));
    assertEquals(Kind.UNKNOWN_OUTCOME, e.kind());
    write(database, 2);
    assertEquals(List.of(2L), numbers(database));
  }
}
