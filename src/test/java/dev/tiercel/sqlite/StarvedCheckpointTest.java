package dev.tiercel.sqlite;

import static dev.tiercel.sqlite.NumberTable.numbers;
import static dev.tiercel.sqlite.NumberTable.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.SqliteException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The write-ahead log stays bounded although somebody always reads. */
class StarvedCheckpointTest {
  private static final long LIMIT = 1L << 20;

  /* Each commit adds a page or more: without an end the log would reach forty limits. */
  private static final long COMMITS = 40 * LIMIT / 4_096;

  /* Some milliseconds, in which others commit: the log is never copied to its end. */
  private static final String SLOW_COUNT =
      "WITH RECURSIVE steps (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM steps WHERE i < 200000)"
          + " SELECT count(*) + (SELECT count(*) FROM n) FROM steps";

  private static final String ENDLESS_COUNT =
      "WITH RECURSIVE steps (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM steps)"
          + " SELECT count(*) FROM steps";

  private static final String ALL = "SELECT id FROM n";
  private static final Duration LIMIT_OF_TIME = Duration.ofMillis(20);

  @TempDir Path folder;
  private SqliteDatabase database;

  @BeforeEach
  void open() {
    database =
        NumberTable.in(folder).durability(Durability.NORMAL).walBytes(LIMIT).readers(3).open();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private long logBytes() throws IOException {
    return Files.size(folder.resolve("n.db-wal"));
  }

  /** Writes until the log has shrunk; returns the number of commits it took. */
  private long writeUntilTheLogShrinks(long first) throws IOException {
    long longest = 0;
    for (long n = first; n < first + COMMITS; n++) {
      write(database, n);
      long bytes = logBytes();
      if (bytes < longest) {
        assertTrue(longest >= LIMIT, "shrank from " + longest);
        return n + 1 - first;
      }
      longest = bytes;
    }
    throw new AssertionError("the log has " + longest + " bytes after " + COMMITS + " commits");
  }

  @Test
  void aSnapshotThatStandsStillIsEndedAtItsLimit() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    QueuedWriter<Long> reader =
        QueuedWriter.start(
            () ->
                database.<Long>readSnapshot(
                    Duration.ofMillis(100),
                    session -> {
                      long before = session.number("SELECT count(*) FROM n", Binder.NONE);
                      inside.countDown();
                      QueuedWriter.await(letGo);
                      return before + session.number("SELECT count(*) FROM n", Binder.NONE);
                    }));
    QueuedWriter.await(inside);
    long written = writeUntilTheLogShrinks(1);
    letGo.countDown();
    assertEquals(Kind.BUSY, reader.kind());
    assertTrue(reader.failure().getMessage().contains("PT0.1S"), reader.failure().getMessage());
    assertEquals(written, numbers(database).size());
  }

  @Test
  void aSnapshotThatReadsOnNeverSeesAnotherMoment() throws Exception {
    AtomicBoolean another = new AtomicBoolean();
    long written = 0;
    for (int i = 0; i < 20; i++) {
      QueuedWriter<Long> reader =
          QueuedWriter.start(
              () ->
                  database.<Long>readSnapshot(
                      Duration.ofMillis(5),
                      session -> {
                        long before = session.number("SELECT count(*) FROM n", Binder.NONE);
                        List<Long> seen;
                        do {
                          seen = session.list(ALL, Binder.NONE, row -> row.getLong(1));
                        } while (seen.size() == before);
                        another.set(true);
                        return before;
                      }));
      while (!reader.isDone()) {
        write(database, ++written);
      }
      assertEquals(Kind.BUSY, reader.kind());
    }
    assertFalse(another.get());
    assertEquals(written, numbers(database).size());
  }

  @Test
  void aLimitEndsWithItsSnapshot() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    for (int i = 0; i < 3; i++) { // On every connection of the pool, perhaps.
      assertEquals(0, database.<Long>readSnapshot(LIMIT_OF_TIME, StarvedCheckpointTest::count));
    }
    QueuedWriter<Boolean> next =
        QueuedWriter.start(
            () ->
                database.<Boolean>read(
                    session ->
                        session.snapshot(
                            same -> {
                              long before = count(same);
                              write(database, 1);
                              over.countDown();
                              // Until a later limit has passed, and so the ones before as well.
                              assertThrows(
                                  SqliteException.class,
                                  () ->
                                      database.<Long>readSnapshot(
                                          LIMIT_OF_TIME,
                                          other -> {
                                            while (count(other) >= 0) {
                                              Thread.onSpinWait();
                                            }
                                            return 0L;
                                          }));
                              return count(same) == before;
                            })));
    QueuedWriter.await(over);
    assertTrue(next.get());
  }

  @Test
  void whatTheLimitEndsSaysSoWhereItIsRead() {
    List<Kind> seen = new ArrayList<>();
    assertThrows(
        SqliteException.class,
        () ->
            database.<Boolean>readSnapshot(
                Duration.ofMillis(1),
                session ->
                    seen.add(
                        assertThrows(
                                SqliteException.class,
                                () -> session.number(ENDLESS_COUNT, Binder.NONE))
                            .kind())));
    assertEquals(List.of(Kind.BUSY), seen);
  }

  private static long count(Session session) throws SQLException {
    return session.number("SELECT count(*) FROM n", Binder.NONE);
  }

  @Test
  void readsThatOverlapAllTheTimeLetTheLogBeEmptied() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    List<Semaphore> begun = List.of(new Semaphore(0), new Semaphore(0));
    List<QueuedWriter<Boolean>> readers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Semaphore own = begun.get(i);
      Semaphore other = begun.get(1 - i);
      readers.add(
          QueuedWriter.start(
              () -> {
                while (!over.get()) {
                  database.read(
                      session ->
                          session.snapshot(
                              same -> {
                                long seen = same.number(SLOW_COUNT, Binder.NONE);
                                own.release();
                                other.acquireUninterruptibly(); // The other one reads by now.
                                return seen;
                              }));
                }
                own.release();
                return true;
              }));
    }
    try {
      long written = 0;
      for (int i = 0; i < 3; i++) {
        written += writeUntilTheLogShrinks(written + 1);
      }
    } finally {
      over.set(true);
      begun.forEach(semaphore -> semaphore.release(1_000_000));
    }
    for (QueuedWriter<Boolean> reader : readers) {
      assertTrue(reader.get());
    }
  }
}
