package dev.tiercel.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What it means to take tasks, to keep them, and to be done with them. */
public abstract class ClaimContract extends RepositoryContract {
  private static final List<String> UTF8_ORDER =
      List.of("a", "b", "\u00E9", "\uE000", "\uFFFD", "\uD800\uDC00", "\uD83D\uDE00");

  @Test
  void claimReturnsWhatIsStored() {
    Task added = tasks.add(task("a").withDescription("text"));
    clock.advance(MINUTE);
    List<Task> taken = tasks.claim("agent", 5, Duration.ofSeconds(90));
    assertEquals(1, taken.size());
    Task expected =
        new Task(
            "a",
            added.title(),
            "text",
            "agent",
            START,
            clock.instant(),
            null,
            added.priority(),
            clock.instant(),
            2,
            taken.get(0).lease(),
            clock.instant().plusSeconds(90));
    assertEquals(List.of(expected), taken);
    assertTrue(expected.lease() > 0);
    assertEquals(expected, stored("a"));
  }

  @Test
  void claimTakesTheMostUrgentPendingFirst() {
    List<Task> given = new ArrayList<>();
    for (String id : UTF8_ORDER) {
      given.add(task(id));
    }
    given.add(task("older").withCreatedAt(START.minusNanos(1_000)));
    given.add(task("urgent").withPriority(Priority.CRITICAL).withCreatedAt(START.plusSeconds(9)));
    given.add(task("idle").withPriority(0).withCreatedAt(START.minusSeconds(9)));
    tasks.addAll(given.subList(3, given.size())).orThrow();
    tasks.addAll(given.subList(0, 3)).orThrow();
    List<String> order = new ArrayList<>(List.of("urgent", "older"));
    order.addAll(UTF8_ORDER);
    order.add("idle");
    List<String> one = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      one.addAll(ids(tasks.claim("agent", 1, MINUTE)));
    }
    assertEquals(order.subList(0, 4), one);
    assertEquals(order.subList(4, 10), ids(tasks.claim("agent", 100, MINUTE)));
    assertEquals(List.of(), tasks.claim("agent", 100, MINUTE));
  }

  @Test
  void claimTakesOverdueLeasesFirstTheLongestOverdueFirst() {
    tasks.add(task("a3").withPriority(9));
    assertEquals(1, tasks.claim("slow", 1, Duration.ofSeconds(30)).size());
    tasks.add(task("m2"));
    assertEquals(1, tasks.claim("slow", 1, Duration.ofSeconds(20)).size());
    tasks.add(task("z1").withPriority(-9));
    assertEquals(1, tasks.claim("slow", 1, Duration.ofSeconds(10)).size());
    tasks.add(task("pending").withPriority(100));
    clock.advance(MINUTE);
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      order.addAll(ids(tasks.claim("fast", 1, MINUTE)));
    }
    assertEquals(List.of("z1", "m2", "a3", "pending"), order);
  }

  @Test
  void equallyOverdueLeasesGoByIdInUtf8Order() {
    for (String id : UTF8_ORDER) {
      tasks.add(task(id).withPriority(id.length()));
    }
    assertEquals(7, tasks.claim("slow", 100, MINUTE).size());
    clock.advance(MINUTE);
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      order.addAll(ids(tasks.claim("fast", 1, MINUTE)));
    }
    assertEquals(UTF8_ORDER, order);
  }

  @Test
  void claimMixesOverdueAndPendingAndSortsTheMostUrgentFirst() {
    tasks.addAll(List.of(task("late1"), task("late2").withPriority(5)));
    assertEquals(2, tasks.claim("slow", 2, MINUTE).size());
    tasks.addAll(List.of(task("new1").withPriority(9), task("new2").withPriority(3), task("new3")));
    clock.advance(MINUTE);
    assertEquals(List.of("new1", "late2", "new2", "late1"), ids(tasks.claim("fast", 4, MINUTE)));
    assertEquals(List.of("new3"), ids(tasks.claim("fast", 4, MINUTE)));
  }

  @Test
  void leaseRunsOutAtItsVeryMoment() {
    Task taken = claimed("a");
    clock.advance(MINUTE.minusNanos(1_000));
    assertEquals(List.of(), tasks.claim("other", 1, MINUTE));
    clock.advance(Duration.ofNanos(1_000));
    assertEquals(taken.leaseExpiresAt(), clock.instant());
    assertEquals(List.of("a"), ids(tasks.claim("other", 1, MINUTE)));
  }

  @Test
  void claimTakesOnlyWhatPassesTheFilter() {
    tasks.addAll(List.of(task("late").withTitle("50% off"), task("lateOther").withTitle("50 off")));
    assertEquals(2, tasks.claim("slow", 2, MINUTE).size());
    clock.advance(MINUTE);
    tasks.addAll(
        List.of(
            task("new").withTitle("over 50% OFF"),
            task("low").withTitle("50% off").withPriority(-1),
            task("young").withTitle("50% off").withCreatedAt(START.plusSeconds(1)),
            task("newOther").withTitle("50_ off")));
    TaskFilter filter =
        TaskFilter.NONE.containing("0% o").atLeast(0).created(START, START.plusSeconds(1));
    assertEquals(List.of("late", "new"), ids(tasks.claim("g", 9, MINUTE, filter)));
    assertEquals(List.of(), tasks.claim("g", 9, MINUTE, filter));
    assertEquals(4, tasks.claim("g", 9, MINUTE).size());
  }

  @Test
  void eightThreadsGetEachTaskExactlyOnce() throws Exception {
    List<Task> given = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      given.add(task("t" + i).withPriority(i % 5));
    }
    tasks.addAll(given).orThrow();
    List<Callable<List<Task>>> work = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String agent = "agent" + i;
      work.add(
          () -> {
            List<Task> mine = new ArrayList<>();
            List<Task> taken;
            do {
              taken = tasks.claim(agent, 7, MINUTE);
              mine.addAll(taken);
            } while (!taken.isEmpty());
            return mine;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Task> all = new ArrayList<>();
    try {
      for (Future<List<Task>> done : threads.invokeAll(work)) {
        all.addAll(done.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(300, all.size());
    assertEquals(300, new HashSet<>(ids(all)).size());
    assertEquals(all, tasks.findByIds(ids(all)));
    assertTrue(all.stream().allMatch(task -> task.version() == 2));
  }

  @Test
  void takeOverEndsTheOldLease() {
    Task old = claimed("a");
    clock.advance(MINUTE);
    Task taken = tasks.claim("other", 1, MINUTE).get(0);
    assertEquals(3, taken.version());
    assertTrue(taken.lease() > old.lease());
    assertThrows(StaleTaskException.class, () -> tasks.complete("a", old.lease()));
    assertThrows(StaleTaskException.class, () -> tasks.renewLease("a", old.lease(), MINUTE));
    assertThrows(StaleTaskException.class, () -> tasks.release("a", old.lease()));
    assertEquals(taken, stored("a"));
    assertEquals(TaskStatus.COMPLETED, tasks.complete("a", taken.lease()).status());
  }

  @Test
  void takeOverByTheSameAgentEndsTheOldLeaseToo() {
    Task old = claimed("a");
    clock.advance(MINUTE);
    Task taken = tasks.claim("agent", 1, MINUTE).get(0);
    assertThrows(StaleTaskException.class, () -> tasks.complete("a", old.lease()));
    assertEquals(taken, stored("a"));
  }

  @Test
  void plainAssignmentNeverExpires() {
    tasks.add(task("a").assignedTo("agent", START));
    clock.advance(Duration.ofDays(100_000));
    assertEquals(List.of(), tasks.claim("other", 1, MINUTE));
  }

  @Test
  void leaseNumbersGrow() {
    tasks.addAll(List.of(task("a"), task("b"), task("c")));
    Set<Long> seen = new HashSet<>();
    long last = 0;
    for (int i = 0; i < 5; i++) {
      for (Task taken : tasks.claim("agent", 1, MINUTE)) {
        assertTrue(taken.lease() > last);
        last = taken.lease();
        assertTrue(seen.add(last));
        if (i == 1) {
          tasks.delete(taken.id());
        } else if (i == 2) {
          tasks.release(taken.id(), last);
        }
      }
    }
    assertEquals(4, seen.size());
  }
}
