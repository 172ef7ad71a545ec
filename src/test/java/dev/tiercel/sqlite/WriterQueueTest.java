package dev.tiercel.sqlite;

import static dev.tiercel.sqlite.NumberTable.insert;
import static dev.tiercel.sqlite.NumberTable.numbers;
import static dev.tiercel.sqlite.NumberTable.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.SqliteException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterQueueTest {
  @TempDir Path folder;

  @Test
  void anInterruptedWriterInTheQueueIsRefused() throws Exception {
    try (SqliteDatabase database = NumberTable.in(folder).open()) {
      AtomicBoolean flag = new AtomicBoolean();
      QueuedWriter<Long> writer;
      QueuedWriter<Long> behind;
      try (var holder = new NumberTable.Holder(database)) {
        writer =
            QueuedWriter.queue(
                () -> {
                  try {
                    return write(database, 1);
                  } finally {
                    flag.set(Thread.currentThread().isInterrupted());
                  }
                });
        behind = QueuedWriter.queue(() -> write(database, 2));
        writer.interrupt();
        assertEquals(Kind.INTERRUPTED, writer.kind());
        assertTrue(flag.get());
        holder.letGo();
      }
      behind.get();
      assertEquals(List.of(2L), numbers(database));
    }
  }

  @Test
  void anInterruptThatComesWithTheAnswerLosesNobody() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    ConcurrentSkipListSet<Long> acknowledged = new ConcurrentSkipListSet<>();
    try (SqliteDatabase database = NumberTable.in(folder).durability(Durability.NORMAL).open()) {
      List<Thread> writers = new ArrayList<>();
      for (long w = 0; w < 4; w++) {
        long first = w * 2_000;
        Thread writer =
            new Thread(
                () -> {
                  for (long n = first; n < first + 2_000; n++) {
                    try {
                      write(database, n);
                      acknowledged.add(n);
                    } catch (SqliteException e) {
                      assertEquals(Kind.INTERRUPTED, e.kind());
                    }
                    boolean unused = Thread.interrupted();
                  }
                });
        writers.add(writer);
        writer.start();
      }
      Thread interrupter =
          new Thread(
              () -> {
                while (!over.get()) {
                  writers.forEach(Thread::interrupt);
                  Thread.onSpinWait();
                }
              });
      interrupter.start();
      try {
        for (Thread writer : writers) {
          writer.join();
        }
      } finally {
        over.set(true);
        interrupter.join();
      }
      assertEquals(List.copyOf(acknowledged), numbers(database));
    }
  }

  @Test
  void anInterruptedWriterWhoseWriteHasBegunIsCarriedOut() throws Exception {
    RecordingJournal journal = new RecordingJournal();
    CountDownLatch inCommit = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    journal.step =
        connection -> {
          inCommit.countDown();
          QueuedWriter.await(letGo);
        };
    try (SqliteDatabase database = NumberTable.in(folder).journal(journal).open()) {
      QueuedWriter<Long> leader;
      QueuedWriter<Boolean> taken;
      try (var holder = new NumberTable.Holder(database)) {
        leader = QueuedWriter.queue(() -> write(database, 1));
        taken =
            QueuedWriter.queue(
                () -> write(database, 2) == 2 && Thread.currentThread().isInterrupted());
        holder.letGo();
      }
      QueuedWriter.await(inCommit);
      taken.interrupt();
      assertFalse(taken.isDone());
      letGo.countDown();
      leader.get();
      assertTrue(taken.get());
      assertEquals(List.of(1L, 2L), numbers(database));
    }
  }

  @Test
  void aWriterThatIsInterruptedBeforeItCallsLeadsItselfAndKeepsItsFlag() {
    try (SqliteDatabase database = NumberTable.in(folder).open()) {
      Thread.currentThread().interrupt();
      try {
        assertEquals(1, write(database, 1));
        assertTrue(Thread.currentThread().isInterrupted());
      } finally {
        Thread.interrupted();
      }
      assertEquals(List.of(1L), numbers(database));
    }
  }

  @Test
  void whoWaitsLongerThanTheBusyTimeoutIsToldSo() throws Exception {
    try (SqliteDatabase database =
        NumberTable.in(folder).busyTimeout(Duration.ofMillis(250)).open()) {
      try (var holder = new NumberTable.Holder(database)) {
        assertEquals(Kind.BUSY, QueuedWriter.start(() -> write(database, 1)).kind());
        holder.letGo();
      }
      write(database, 2);
      assertEquals(List.of(2L), numbers(database));
    }
  }

  @Test
  void theLockOfAnotherProcessIsAwaitedForTheBusyTimeout() throws Exception {
    try (SqliteDatabase database =
            NumberTable.in(folder).busyTimeout(Duration.ofMillis(250)).open();
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("n.db"));
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      SqliteException e = assertThrows(SqliteException.class, () -> write(database, 1));
      assertEquals(Kind.BUSY, e.kind());
      statement.execute("ROLLBACK");
      write(database, 2);
      assertEquals(List.of(2L), numbers(database));
    }
  }

  @Test
  void aWriteInsideATransactionOnItsThreadIsRefused() {
    try (SqliteDatabase database = NumberTable.in(folder).open()) {
      database.alone(
          (session, changes) -> {
            assertThrows(IllegalStateException.class, () -> write(database, 1));
            assertThrows(IllegalStateException.class, () -> database.alone((s, c) -> 0));
            assertThrows(IllegalStateException.class, database::close);
            return insert(session, changes, 2);
          });
      assertEquals(List.of(2L), numbers(database));
    }
  }

  @Test
  void whatWasAcknowledgedBeforeACloseIsInAndTheRestIsRefused() throws Exception {
    Set<Long> acknowledged = new ConcurrentSkipListSet<>();
    SqliteDatabase database = NumberTable.in(folder).open();
    List<QueuedWriter<Long>> writers = new ArrayList<>();
    QueuedWriter<Boolean> closer;
    try (var holder = new NumberTable.Holder(database)) {
      for (long id = 1; id <= 20; id++) {
        long own = id;
        writers.add(
            QueuedWriter.queue(
                () -> {
                  for (long next = own; ; next += 1_000) {
                    acknowledged.add(write(database, next));
                  }
                }));
      }
      closer =
          QueuedWriter.start(
              () -> {
                database.close();
                return true;
              });
      holder.letGo();
    }
    assertTrue(closer.get());
    for (QueuedWriter<Long> writer : writers) {
      assertEquals(Kind.CLOSED, writer.kind());
    }
    try (SqliteDatabase again = NumberTable.in(folder).open()) {
      assertEquals(acknowledged, new TreeSet<>(numbers(again)));
    }
  }
}
