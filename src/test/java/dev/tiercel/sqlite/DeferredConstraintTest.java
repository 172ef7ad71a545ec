package dev.tiercel.sqlite;

import static dev.tiercel.sqlite.NumberTable.insert;
import static dev.tiercel.sqlite.NumberTable.numbers;
import static dev.tiercel.sqlite.NumberTable.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.SqliteException.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A constraint that SQLite checks at COMMIT, as another table of the user's may have. */
class DeferredConstraintTest {
  @TempDir Path folder;
  private final RecordingJournal journal = new RecordingJournal();
  private SqliteDatabase database;

  @BeforeEach
  void open() {
    database = NumberTable.in(folder).journal(journal).open();
    database.write(
        (session, changes) ->
            session.update(
                "CREATE TABLE child (n INTEGER REFERENCES n DEFERRABLE INITIALLY DEFERRED)",
                Binder.NONE));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static long orphan(Session session, Changes changes, long id) throws SQLException {
    insert(session, changes, id);
    return session.update("INSERT INTO child VALUES (-1)", Binder.NONE);
  }

  private long writeOrphan(long id) {
    return database.write((session, changes) -> orphan(session, changes, id)).value();
  }

  private Session sessionOfAWrite() {
    return database.write((session, changes) -> session).value();
  }

  @Test
  void onlyTheGuiltyPieceOfAGroupIsRefused() throws Exception {
    Session before = sessionOfAWrite();
    List<QueuedWriter<Long>> writers = new ArrayList<>();
    QueuedWriter<Long> guilty;
    try (var holder = new NumberTable.Holder(database)) {
      writers.add(QueuedWriter.queue(() -> write(database, 1)));
      guilty = QueuedWriter.queue(() -> writeOrphan(2));
      writers.add(QueuedWriter.queue(() -> write(database, 3)));
      holder.letGo();
    }
    for (QueuedWriter<Long> writer : writers) {
      writer.get();
    }
    assertEquals(Kind.OTHER, guilty.kind());
    assertTrue(guilty.failure().getMessage().contains("FOREIGN KEY"), guilty.failure().toString());
    assertEquals(List.of(1L, 3L), numbers(database));
    assertSame(before, sessionOfAWrite());
    // The group, then each piece by itself.
    assertEquals(
        List.of(
            "before",
            "rolledBack",
            "before",
            "committed",
            "before",
            "rolledBack",
            "before",
            "committed"),
        journal.calls);
  }

  @Test
  void aLoneGuiltyWriteIsRefusedAndTheNextOneWorks() throws Exception {
    QueuedWriter<Long> guilty = QueuedWriter.start(() -> writeOrphan(1));
    assertEquals(Kind.OTHER, guilty.kind());
    write(database, 2);
    assertEquals(List.of(2L), numbers(database));
  }

  @Test
  void guiltyUserCodeRunsOnce() throws Exception {
    List<Integer> runs = new ArrayList<>();
    QueuedWriter<Long> guilty =
        QueuedWriter.start(
            () ->
                database
                    .alone(
                        (session, changes) -> {
                          runs.add(1);
                          return orphan(session, changes, 1);
                        })
                    .value());
    assertEquals(Kind.OTHER, guilty.kind());
    assertEquals(List.of(1), runs);
    assertEquals(List.of(), numbers(database));
  }
}
