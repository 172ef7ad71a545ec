package dev.tiercel.sqlite;

import static dev.tiercel.sqlite.NumberTable.insert;
import static dev.tiercel.sqlite.NumberTable.numbers;
import static dev.tiercel.sqlite.NumberTable.write;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tiercel.sqlite.SqliteException.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An interrupt cancels only what was not taken yet, wherever it comes, and is never swallowed. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class InterruptPointsTest {
  private static final int WRITERS = 3;

  /** What a writer was told, and its interrupt flag afterwards. */
  private record Told(String outcome, boolean flag) {}

  /** Where a commit passes, in its order, and what happens at one of these places. */
  private static final class Course {
    final List<String> passed = new ArrayList<>();
    private final String place;
    private final Runnable event;

    Course(String place, Runnable event) {
      this.place = place;
      this.event = event;
    }

    /* Only one thread leads at a time, and the same piece runs once. */
    void pass(String at) {
      passed.add(at);
      if (at.equals(place)) {
        event.run();
      }
    }
  }

  @TempDir Path folder;
  private final RecordingJournal journal = new RecordingJournal();
  private final TreeSet<Long> expected = new TreeSet<>();
  private SqliteDatabase database;
  private volatile Course course;
  private long next;

  @BeforeEach
  void open() {
    database = NumberTable.in(folder).durability(Durability.NORMAL).journal(journal).open();
    journal.step = connection -> course.pass("before the commit");
    journal.outcome = () -> course.pass("after the commit");
    course = new Course("", () -> {});
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Told told(Callable<Long> write) throws Exception {
    String outcome;
    try {
      long id = write.call();
      outcome = "OK";
      synchronized (expected) {
        expected.add(id);
      }
    } catch (SqliteException e) {
      outcome = e.kind().name();
    }
    return new Told(outcome, Thread.interrupted());
  }

  private long passing(Session session, Changes changes, long id, String who) throws SQLException {
    course.pass("before " + who);
    insert(session, changes, id);
    course.pass("in " + who);
    insert(session, changes, -id);
    course.pass("after " + who);
    return id;
  }

  private Told writing(long id, int place) throws Exception {
    return told(
        () ->
            database
                .write((session, changes) -> passing(session, changes, id, "piece " + place))
                .value());
  }

  private Told alone(long id) throws Exception {
    return told(
        () ->
            database
                .alone((session, changes) -> passing(session, changes, id, "user code"))
                .value());
  }

  private void requireWell(String at) {
    TreeSet<Long> all = new TreeSet<>(expected);
    expected.forEach(id -> all.add(-id));
    assertEquals(List.copyOf(all), numbers(database), at);
    assertEquals(0, database.borrowedConnections(), at);
    course = new Course("", () -> {});
    long own = ++next;
    expected.add(database.write((s, changes) -> passing(s, changes, own, "next")).value());
  }

  /** The writers of one group; the victim is interrupted when the course comes to the place. */
  private List<String> group(String place, int victim) throws Exception {
    String at = "writer " + victim + " interrupted " + place;
    List<QueuedWriter<Told>> writers = new ArrayList<>();
    try (var holder = new NumberTable.Holder(database)) {
      for (int i = 0; i < WRITERS; i++) {
        int own = i;
        long id = ++next;
        writers.add(QueuedWriter.queue(() -> writing(id, own)));
      }
      // The first of the queue leads, and the course is run by its thread.
      course =
          new Course(
              place,
              victim == 0
                  ? () -> Thread.currentThread().interrupt()
                  : () -> writers.get(victim).interrupt());
      holder.letGo();
    }
    for (int i = 0; i < WRITERS; i++) {
      assertEquals(new Told("OK", i == victim && !place.isEmpty()), writers.get(i).get(), at);
    }
    List<String> passed = course.passed;
    requireWell(at);
    return passed;
  }

  @Test
  void aWriteThatWasTakenIsCarriedOutWhereverTheInterruptComes() throws Exception {
    List<String> places = group("", 0);
    assertEquals(3 * WRITERS + 2, places.size(), places::toString);
    for (String place : places) {
      for (int victim = 0; victim < WRITERS; victim++) {
        assertEquals(places, group(place, victim));
      }
    }
  }

  @Test
  void userCodeIsCarriedOutWhereverTheInterruptComes() throws Exception {
    assertEquals("OK", QueuedWriter.start(() -> alone(++next)).get().outcome());
    for (String place : List.copyOf(course.passed)) {
      long id = ++next;
      course = new Course(place, () -> Thread.currentThread().interrupt());
      assertEquals(new Told("OK", true), QueuedWriter.start(() -> alone(id)).get(), place);
      requireWell("user code interrupted " + place);
    }
  }

  @Test
  void aWriteThatIsStillQueuedIsCancelledAtEveryPlaceOfTheQueue() throws Exception {
    for (int victim = 0; victim < WRITERS; victim++) {
      for (boolean userCode : new boolean[] {false, true}) {
        String at = "place " + victim + " of the queue" + (userCode ? ", user code" : "");
        List<QueuedWriter<Told>> writers = new ArrayList<>();
        try (var holder = new NumberTable.Holder(database)) {
          for (int i = 0; i < WRITERS; i++) {
            int own = i;
            long id = ++next;
            writers.add(
                QueuedWriter.queue(
                    userCode && i == victim ? () -> alone(id) : () -> writing(id, own)));
          }
          writers.get(victim).interrupt();
          assertEquals(new Told(Kind.INTERRUPTED.name(), true), writers.get(victim).get(), at);
          holder.letGo();
        }
        for (int i = 0; i < WRITERS; i++) {
          assertEquals(i == victim ? "INTERRUPTED" : "OK", writers.get(i).get().outcome(), at);
        }
        requireWell(at);
      }
    }
  }

  @Test
  void aWriteThatComesWhileAGroupIsUnderWayIsCancelledAtEveryPointOfIt() throws Exception {
    for (String place : group("", 0)) {
      AtomicReference<QueuedWriter<Told>> late = new AtomicReference<>();
      long id = ++next;
      long own = ++next;
      course =
          new Course(
              place,
              () -> {
                late.set(QueuedWriter.queue(() -> told(() -> write(database, id))));
                late.get().interrupt();
                late.get().awaitDone(); // Else the leader may take it before it withdraws.
              });
      List<QueuedWriter<Told>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int at = i;
        long each = i == 0 ? own : ++next;
        writers.add(QueuedWriter.start(() -> writing(each, at)));
      }
      for (QueuedWriter<Told> writer : writers) {
        assertEquals(new Told("OK", false), writer.get(), place);
      }
      assertEquals(new Told("INTERRUPTED", true), late.get().get(), place);
      requireWell("a write that came and went " + place);
    }
  }

  @Test
  void anInterruptBetweenTwoAnswersOfAGroupIsNotLost() throws Exception {
    for (int victim = 0; victim < WRITERS; victim++) {
      for (int interrupter = 0; interrupter < WRITERS; interrupter++) {
        String at = interrupter + ", when answered, interrupts " + victim;
        List<QueuedWriter<Told>> writers = new ArrayList<>();
        CountDownLatch known = new CountDownLatch(1);
        CountDownLatch delivered = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        try (var holder = new NumberTable.Holder(database)) {
          for (int i = 0; i < WRITERS; i++) {
            int own = i;
            boolean interrupts = i == interrupter;
            int target = victim;
            long id = ++next;
            writers.add(
                QueuedWriter.queue(
                    () -> {
                      threads.add(Thread.currentThread());
                      boolean flag = writing(id, own).flag();
                      if (interrupts) {
                        QueuedWriter.await(known);
                        threads.get(target).interrupt();
                        delivered.countDown();
                      }
                      boolean later = awaitTakingInterrupts(delivered);
                      return new Told("OK", flag || later);
                    }));
          }
          known.countDown();
          holder.letGo();
        }
        for (int i = 0; i < WRITERS; i++) {
          assertEquals(new Told("OK", i == victim), writers.get(i).get(), at);
        }
        requireWell(at);
      }
    }
  }

  /** Returns whether there was an interrupt by then. */
  private static boolean awaitTakingInterrupts(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        return Thread.interrupted() || interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}
