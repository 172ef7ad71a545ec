package dev.tiercel.sqlite;

import static dev.tiercel.sqlite.NumberTable.insert;
import static dev.tiercel.sqlite.NumberTable.numbers;
import static dev.tiercel.sqlite.NumberTable.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {
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

  private QueuedWriter<Long> queue(long id) {
    return QueuedWriter.queue(() -> write(database, id));
  }

  @Test
  void writersThatQueueBehindOneShareACommit() throws Exception {
    List<QueuedWriter<Long>> writers = new ArrayList<>();
    try (var holder = new NumberTable.Holder(database)) {
      for (long id = 1; id <= 40; id++) {
        writers.add(queue(id));
      }
      holder.letGo();
    }
    for (QueuedWriter<Long> writer : writers) {
      writer.get();
    }
    assertEquals(1, journal.commits());
    assertEquals(40, journal.changes.get(0).size());
    assertEquals(LongStream.rangeClosed(1, 40).boxed().toList(), numbers(database));
  }

  @Test
  void aWriterThatComesWhileAGroupRunsJoinsItsCommit() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    QueuedWriter<Long> leader =
        QueuedWriter.start(
            () ->
                database
                    .write(
                        (session, changes) -> {
                          inside.countDown();
                          QueuedWriter.await(letGo);
                          return insert(session, changes, 1);
                        })
                    .value());
    QueuedWriter<Long> late;
    QueuedWriter<Long> loser;
    try {
      QueuedWriter.await(inside);
      late = queue(2);
      loser =
          queueFailing(
              (session, changes) -> {
                insert(session, changes, 3);
                throw new IllegalStateException("lost");
              });
    } finally {
      letGo.countDown();
    }
    leader.get();
    late.get();
    assertEquals("lost", loser.failure().getMessage());
    assertEquals(List.of(2), journal.changes.stream().map(List::size).toList());
    assertEquals(List.of(1L, 2L), numbers(database));
  }

  @Test
  void userCodeIsNeverPartOfAGroupAndRunsOnItsOwnThread() throws Exception {
    QueuedWriter<Boolean> alone;
    List<QueuedWriter<Long>> writers = new ArrayList<>();
    try (var holder = new NumberTable.Holder(database)) {
      writers.add(queue(1));
      writers.add(queue(2));
      alone =
          QueuedWriter.queue(
              () -> {
                Thread own = Thread.currentThread();
                return database
                    .alone(
                        (session, changes) -> {
                          insert(session, changes, 3);
                          return Thread.currentThread() == own;
                        })
                    .value();
              });
      writers.add(queue(4));
      holder.letGo();
    }
    assertTrue(alone.get());
    for (QueuedWriter<Long> writer : writers) {
      writer.get();
    }
    assertEquals(List.of(2, 1, 1), journal.changes.stream().map(List::size).toList());
    assertEquals(List.of(1L, 2L, 3L, 4L), numbers(database));
  }

  private QueuedWriter<Long> queueFailing(WriteWork<Long> work) {
    return QueuedWriter.queue(() -> database.write(work).value());
  }

  @Test
  void aPieceThatFailsUndoesOnlyItself() throws Exception {
    for (int place = 0; place < 3; place++) {
      long base = 100L * place;
      List<QueuedWriter<Long>> writers = new ArrayList<>();
      QueuedWriter<Long> loser = null;
      try (var holder = new NumberTable.Holder(database)) {
        for (int i = 0; i < 3; i++) {
          if (i == place) {
            loser =
                queueFailing(
                    (session, changes) -> {
                      insert(session, changes, base + 50);
                      return insert(session, changes, base + 50);
                    });
          } else {
            writers.add(queue(base + i));
          }
        }
        holder.letGo();
      }
      assertEquals(SqliteException.Kind.OTHER, loser.kind());
      for (QueuedWriter<Long> writer : writers) {
        writer.get();
      }
      int at = place;
      List<Long> expected = LongStream.range(0, 3).filter(i -> i != at).boxed().toList();
      assertEquals(
          expected,
          numbers(database).stream().filter(n -> n >= base).map(n -> n - base).toList(),
          "the failing piece at place " + place);
    }
    journal.changes.forEach(rows -> assertEquals(2, rows.size()));
  }

  @Test
  void aSingleStatementThatFailsUndoesOnlyItself() throws Exception {
    QueuedWriter<Long> first;
    QueuedWriter<Integer> loser;
    QueuedWriter<Long> last;
    try (var holder = new NumberTable.Holder(database)) {
      first = queue(1);
      loser =
          QueuedWriter.queue(
              () ->
                  database
                      .writeSingle(
                          (session, changes) ->
                              session.update("INSERT INTO n VALUES (2), (3), (1)", Binder.NONE))
                      .value());
      last = queue(4);
      holder.letGo();
    }
    first.get();
    last.get();
    assertEquals(SqliteException.Kind.OTHER, loser.kind());
    assertEquals(List.of(1L, 4L), numbers(database));
    assertEquals(1, journal.commits());
  }

  @Test
  void nobodyIsAnsweredBeforeTheCommit() throws Exception {
    CountDownLatch inCommit = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    journal.step =
        connection -> {
          inCommit.countDown();
          QueuedWriter.await(letGo);
        };
    QueuedWriter<Long> winner;
    QueuedWriter<Long> loser;
    QueuedWriter<Long> other;
    try (var holder = new NumberTable.Holder(database)) {
      winner = queue(1);
      loser =
          queueFailing(
              (session, changes) -> {
                throw new IllegalStateException("lost");
              });
      other = queue(2);
      holder.letGo();
      QueuedWriter.await(inCommit);
      loser.awaitParked();
      other.awaitParked();
      assertFalse(winner.isDone() || loser.isDone() || other.isDone());
      assertEquals(List.of(), numbers(database));
    } finally {
      letGo.countDown();
    }
    winner.get();
    other.get();
    assertEquals("lost", loser.failure().getMessage());
  }

  @Test
  void survivorsOfALostTransactionRunAgainOnceInEffect() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    QueuedWriter<Long> before;
    QueuedWriter<Long> loser;
    QueuedWriter<Long> after;
    try (var holder = new NumberTable.Holder(database)) {
      before =
          queueFailing(
              (session, changes) -> {
                runs.incrementAndGet();
                return insert(session, changes, 1);
              });
      loser =
          queueFailing(
              (session, changes) -> {
                insert(session, changes, 2);
                session.execute("ROLLBACK");
                throw new SQLException("the disk was full for a moment");
              });
      after = queue(3);
      holder.letGo();
    }
    assertEquals(1, before.get());
    assertEquals(3, after.get());
    assertInstanceOf(SQLException.class, loser.failure().getCause());
    assertEquals(2, runs.get());
    assertEquals(List.of(1L, 3L), numbers(database));
    assertEquals(1, journal.commits());
    assertEquals(2, journal.changes.get(0).size());
  }

  @Test
  void anErrorReachesItsCallerOnly() throws Exception {
    OutOfMemoryError error = new OutOfMemoryError("made by the test");
    QueuedWriter<Long> first;
    QueuedWriter<Long> loser;
    QueuedWriter<Long> last;
    try (var holder = new NumberTable.Holder(database)) {
      first = queue(1);
      loser =
          queueFailing(
              (session, changes) -> {
                insert(session, changes, 2);
                throw error;
              });
      last = queue(3);
      holder.letGo();
    }
    first.get();
    last.get();
    assertSame(error, loser.failure());
    assertEquals(List.of(1L, 3L), numbers(database));
    assertThrows(OutOfMemoryError.class, () -> database.alone((s, c) -> failWith(error)));
    assertEquals(4, write(database, 4));
  }

  private static long failWith(Error error) {
    throw error;
  }

  @Test
  void aTransactionWhoseErrorWasSwallowedCommitsNothingAfterIt() {
    write(database, 1);
    assertThrows(
        SqliteException.class,
        () ->
            database.alone(
                (session, changes) -> {
                  insert(session, changes, 2);
                  swallow(session, "INSERT OR ROLLBACK INTO n VALUES (1)");
                  swallow(session, "INSERT INTO n VALUES (3)");
                  return 0;
                }));
    assertEquals(List.of(1L), numbers(database));
    assertEquals(1, journal.commits());
    assertEquals(4, write(database, 4));
    assertEquals(List.of(1L, 4L), numbers(database));
  }

  private static void swallow(Session session, String sql) {
    assertThrows(SQLException.class, () -> session.update(sql, Binder.NONE));
  }

  @Test
  void aSavepointInsideATransactionIsUndoneAlone() {
    Written<Long> written =
        database.alone(
            (session, changes) -> {
              insert(session, changes, 1);
              assertThrows(
                  IllegalStateException.class,
                  () ->
                      session.savepoint(
                          changes,
                          nested -> {
                            insert(nested, changes, 2);
                            throw new IllegalStateException("undo");
                          }));
              return insert(session, changes, 3);
            });
    assertEquals(2, written.changes().size());
    assertEquals(List.of(1L, 3L), numbers(database));
  }
}
