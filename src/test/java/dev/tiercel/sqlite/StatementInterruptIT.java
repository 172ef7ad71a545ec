package dev.tiercel.sqlite;

import static dev.tiercel.sqlite.NumberTable.insert;
import static dev.tiercel.sqlite.NumberTable.numbers;
import static dev.tiercel.sqlite.NumberTable.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.ProgressHandler;

/**
 * SQLite's own interrupt ends the whole transaction, wherever it hits; yet only the piece that was
 * hit fails.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StatementInterruptIT {
  private static final int WRITERS = 3;

  /** How long SQLite goes on interrupting once it has begun. */
  enum Length {
    ONCE,
    FOR_GOOD
  }

  @TempDir Path folder;
  private final RecordingJournal journal = new RecordingJournal();
  private SqliteDatabase database;

  @BeforeEach
  void open() {
    database = NumberTable.in(folder).durability(Durability.NORMAL).journal(journal).open();
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** Counts SQLite's steps from its first piece on, and interrupts at some of them. */
  private static final class Interrupter extends ProgressHandler {
    private final int first;
    private final Length length;
    private volatile boolean armed;
    private volatile int steps; // Changed by one leader at a time.

    Interrupter(int first, Length length) {
      this.first = first;
      this.length = length;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate")
    protected int progress() {
      if (!armed) {
        return 0;
      }
      int step = steps++;
      return step == first || (step > first && length == Length.FOR_GOOD) ? 1 : 0;
    }
  }

  private static long arm(Session session, Interrupter interrupter) throws SQLException {
    ProgressHandler.setHandler(session.connection(), 1, interrupter);
    interrupter.armed = true;
    return 0;
  }

  private long work(Session session, Changes changes, long id) throws SQLException {
    long known = session.number("SELECT count(*) FROM n", Binder.NONE);
    insert(session, changes, id);
    insert(session, changes, -id);
    return known;
  }

  /* One statement, and it has steps enough to be hit in the middle. */
  private static long single(Session session, Changes changes, long id) throws SQLException {
    int rows =
        session.update(
            "WITH s(i) AS (VALUES (?1), (-?1)) INSERT INTO n SELECT i FROM s",
            row -> row.setLong(1, id));
    changes.add("n", null, new NumberTable.Numbered(id));
    changes.add("n", null, new NumberTable.Numbered(-id));
    return rows;
  }

  private QueuedWriter<Long> queue(long id, Interrupter interrupter) {
    WriteWork<Long> work =
        id % 2 == 0 ? (s, changes) -> work(s, changes, id) : (s, changes) -> single(s, changes, id);
    WriteWork<Long> arming =
        (session, changes) -> arm(session, interrupter) + work.run(session, changes);
    WriteWork<Long> own = id % 10 == 0 ? arming : work;
    return QueuedWriter.queue(
        () ->
            (id % 2 == 0 ? database.write(own) : database.writeSingle(own)).changes().size() / 2L);
  }

  @ParameterizedTest
  @EnumSource(Length.class)
  void onlyWhoIsHitFailsWhicheverStepItIs(Length length) throws Exception {
    TreeSet<Long> expected = new TreeSet<>();
    int first = 0;
    int commitsHit = 0;
    Interrupter interrupter;
    do {
      interrupter = new Interrupter(first, length);
      long base = 10L * ++first;
      journal.changes.clear();
      List<QueuedWriter<Long>> writers = new ArrayList<>();
      try (var holder = new NumberTable.Holder(database)) {
        for (int i = 0; i < WRITERS; i++) {
          writers.add(queue(base + i, interrupter));
        }
        holder.letGo();
      }
      String at = length + " from step " + interrupter.first + " of " + interrupter.steps;
      List<String> told = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        told.add(told(writers.get(i)));
        if (told.get(i).equals("OK")) {
          expected.add(base + i);
          expected.add(-base - i);
        } else if (told.get(i).equals("UNKNOWN_OUTCOME") && numbers(database).contains(base + i)) {
          expected.add(base + i); // Then the other half has to be there too.
          expected.add(-base - i);
        }
      }
      interrupter.armed = false;
      at += " told " + told;
      if (interrupter.steps <= interrupter.first) {
        assertEquals(WRITERS, Collections.frequency(told, "OK"), at);
      } else if (told.contains("UNKNOWN_OUTCOME")) {
        // It hit the commit, which SQLite may have carried out by then.
        assertFalse(told.contains("OK"), at);
        commitsHit++;
      } else if (length == Length.ONCE) {
        // Not INTERRUPTED: no thread was, and no flag is set.
        assertEquals(1, Collections.frequency(told, "OTHER"), at);
        assertEquals(WRITERS - 1, Collections.frequency(told, "OK"), at);
        assertEquals(2 * (WRITERS - 1), journal.changes.get(0).size(), at);
      }
      TreeSet<Long> found = new TreeSet<>(numbers(database));
      TreeSet<Long> gone = new TreeSet<>(expected);
      gone.removeAll(found);
      found.removeAll(expected);
      assertEquals(Set.of(), gone, at + ": acknowledged and gone");
      assertEquals(Set.of(), found, at + ": refused and there");
      assertEquals(0, database.borrowedConnections(), at);
      long next = base + 9;
      expected.add(write(database, next));
    } while (interrupter.steps > interrupter.first);
    assertTrue(commitsHit <= 3, commitsHit + " of " + first + " steps were told as unknown");
    assertTrue(first > 10, "there were but " + first + " steps");
  }

  private static String told(QueuedWriter<Long> writer) throws Exception {
    try {
      assertEquals(1, writer.get());
      return "OK";
    } catch (AssertionError e) {
      if (e.getCause() instanceof SqliteException refused) {
        return refused.kind().name();
      }
      throw e;
    }
  }
}
