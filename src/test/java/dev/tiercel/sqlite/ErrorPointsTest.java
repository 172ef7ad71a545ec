package dev.tiercel.sqlite;

import static dev.tiercel.sqlite.NumberTable.insert;
import static dev.tiercel.sqlite.NumberTable.numbers;
import static dev.tiercel.sqlite.NumberTable.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When memory or the stack runs out, whose work it was fails, and nothing of it is written. */
class ErrorPointsTest {
  private static final int WRITERS = 3;

  /** The ways to run out, none of them made up. */
  enum Shortage {
    MEMORY(OutOfMemoryError.class) {
      @Override
      int meet(int depth) {
        return new long[Integer.MAX_VALUE].length;
      }
    },
    STACK(StackOverflowError.class) {
      @Override
      @SuppressWarnings("InfiniteRecursion") // Which is the point.
      int meet(int depth) {
        return depth + meet(depth + 1) + 1;
      }
    };

    final Class<? extends Error> error;

    Shortage(Class<? extends Error> error) {
      this.error = error;
    }

    abstract int meet(int depth);
  }

  @TempDir Path folder;
  private final RecordingJournal journal = new RecordingJournal();
  private final TreeSet<Long> expected = new TreeSet<>();
  private SqliteDatabase database;
  private Shortage shortage;
  private volatile String place = "";
  private long next;

  @BeforeEach
  void open() {
    database = NumberTable.in(folder).durability(Durability.NORMAL).journal(journal).open();
    journal.step = connection -> pass("before the commit");
    journal.outcome = () -> pass("after the commit");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void pass(String at) {
    if (at.equals(place) && shortage.meet(0) == 0) {
      throw new AssertionError("there is no end of it");
    }
  }

  private long passing(Session session, Changes changes, long id, int piece, boolean single)
      throws SQLException {
    pass("before piece " + piece);
    insert(session, changes, id);
    if (!single) {
      pass("in piece " + piece);
      insert(session, changes, -id);
    }
    pass("after piece " + piece);
    return id;
  }

  private QueuedWriter<Long> queue(long id, int piece, boolean single) {
    WriteWork<Long> work = (session, changes) -> passing(session, changes, id, piece, single);
    return QueuedWriter.queue(
        () -> (single ? database.writeSingle(work) : database.write(work)).value());
  }

  private void requireWell(String at) {
    assertEquals(List.copyOf(expected), numbers(database), at);
    assertEquals(0, database.borrowedConnections(), at);
    place = "";
    expected.add(write(database, ++next));
  }

  /** All of a group's writers with the shortage at one place, of which some are to hear. */
  private void group(String where, boolean single, List<Integer> hearing) throws Exception {
    String at = shortage + " " + where + (single ? ", single statements" : "");
    List<QueuedWriter<Long>> writers = new ArrayList<>();
    List<Long> ids = new ArrayList<>();
    try (var holder = new NumberTable.Holder(database)) {
      for (int i = 0; i < WRITERS; i++) {
        ids.add(++next);
        writers.add(queue(next, i, single));
      }
      place = where;
      holder.letGo();
    }
    for (int i = 0; i < WRITERS; i++) {
      if (hearing.contains(i)) {
        assertEquals(shortage.error, writers.get(i).failure().getClass(), at + ", writer " + i);
      } else {
        assertEquals(ids.get(i), writers.get(i).get(), at);
        expected.add(ids.get(i));
        if (!single) {
          expected.add(-ids.get(i));
        }
      }
    }
    requireWell(at);
  }

  @ParameterizedTest
  @EnumSource(Shortage.class)
  void aPieceThatRunsOutFailsAlone(Shortage which) throws Exception {
    shortage = which;
    for (int piece = 0; piece < WRITERS; piece++) {
      for (String where : List.of("before", "in", "after")) {
        group(where + " piece " + piece, false, List.of(piece));
        if (!where.equals("in")) {
          group(where + " piece " + piece, true, List.of(piece));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Shortage.class)
  void aJournalThatRunsOutStopsTheGroupBeforeItsCommitOnly(Shortage which) throws Exception {
    shortage = which;
    group("before the commit", false, List.of(0, 1, 2));
    group("before the commit", true, List.of(0, 1, 2));
    group("after the commit", false, List.of());
    group("after the commit", true, List.of());
  }

  @ParameterizedTest
  @EnumSource(Shortage.class)
  void userCodeThatRunsOutIsUndone(Shortage which) {
    shortage = which;
    for (String where : List.of("before", "in", "after")) {
      place = where + " piece 0";
      long id = ++next;
      assertThrows(
          which.error,
          () -> database.alone((session, changes) -> passing(session, changes, id, 0, false)));
      requireWell(which + " " + where + " user code");
    }
  }
}
