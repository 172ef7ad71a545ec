package dev.tiercel.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What it means to hold a task under a lease: to prolong it, to give it back, to be done. */
public abstract class LeaseContract extends RepositoryContract {
  @Test
  void completeKeepsAgentAndLeaseAndEndsItsTime() {
    Task taken = claimed("a");
    clock.advance(Duration.ofSeconds(5));
    Task expected =
        new Task(
            "a",
            taken.title(),
            null,
            "agent",
            START,
            START,
            clock.instant(),
            taken.priority(),
            clock.instant(),
            3,
            taken.lease(),
            null);
    assertEquals(expected, tasks.complete("a", taken.lease()));
    assertEquals(expected, stored("a"));
    clock.advance(Duration.ofDays(400));
    assertEquals(List.of(), tasks.claim("other", 1, MINUTE));
  }

  @Test
  void completeAfterTheLeaseRanOutSucceedsIfNobodyTookOver() {
    Task taken = claimed("a");
    clock.advance(Duration.ofDays(2));
    assertEquals(clock.instant(), tasks.complete("a", taken.lease()).completedAt());
  }

  @Test
  void completingTwiceKeepsTheFirstTime() {
    Task taken = claimed("a");
    Task completed = tasks.complete("a", taken.lease());
    clock.advance(MINUTE);
    assertEquals(completed, tasks.complete("a", taken.lease()));
    assertEquals(completed, stored("a"));
  }

  @Test
  void retitledTaskCanStillBeCompleted() {
    Task taken = claimed("a");
    tasks.save(taken.withTitle("another title"));
    Task completed = tasks.complete("a", taken.lease());
    assertEquals("another title", completed.title());
    assertEquals(4, completed.version());
  }

  @Test
  void reassignedTaskCanNoLongerBeCompletedUnderTheLease() {
    Task taken = claimed("a");
    Task moved = tasks.save(taken.assignedTo("other", START));
    assertThrows(StaleTaskException.class, () -> tasks.complete("a", taken.lease()));
    assertEquals(moved, stored("a"));
  }

  @Test
  void renewCountsFromNow() {
    Task taken = claimed("a");
    clock.advance(Duration.ofSeconds(40));
    Task renewed = tasks.renewLease("a", taken.lease(), MINUTE);
    Task expected =
        new Task(
            "a",
            taken.title(),
            null,
            "agent",
            START,
            START,
            null,
            taken.priority(),
            clock.instant(),
            3,
            taken.lease(),
            clock.instant().plus(MINUTE));
    assertEquals(expected, renewed);
    assertEquals(expected, stored("a"));
    clock.advance(Duration.ofSeconds(59));
    assertEquals(List.of(), tasks.claim("other", 1, MINUTE));
  }

  @Test
  void leaseThatRanOutCanBeRenewedIfNobodyTookOver() {
    Task taken = claimed("a");
    clock.advance(Duration.ofDays(1));
    tasks.renewLease("a", taken.lease(), MINUTE);
    assertEquals(List.of(), tasks.claim("other", 1, MINUTE));
  }

  @Test
  void releaseMakesTheTaskPendingAgain() {
    Task taken = claimed("a");
    clock.advance(Duration.ofSeconds(1));
    Task released = tasks.release("a", taken.lease());
    assertEquals(written(task("a").withTitle(taken.title()), 3, clock.instant()), released);
    assertEquals(released, stored("a"));
    assertThrows(StaleTaskException.class, () -> tasks.release("a", taken.lease()));
    assertThrows(StaleTaskException.class, () -> tasks.complete("a", taken.lease()));
    assertEquals(List.of("a"), ids(tasks.claim("other", 1, MINUTE)));
  }

  @Test
  void completedTaskCanNeitherBeRenewedNorReleased() {
    Task taken = claimed("a");
    Task completed = tasks.complete("a", taken.lease());
    assertThrows(StaleTaskException.class, () -> tasks.renewLease("a", taken.lease(), MINUTE));
    assertThrows(StaleTaskException.class, () -> tasks.release("a", taken.lease()));
    assertEquals(completed, stored("a"));
  }

  @Test
  void leaseOfADeletedTaskIsStale() {
    Task taken = claimed("a");
    tasks.delete("a");
    assertThrows(StaleTaskException.class, () -> tasks.complete("a", taken.lease()));
    tasks.add(task("a"));
    assertThrows(StaleTaskException.class, () -> tasks.complete("a", taken.lease()));
    assertThrows(StaleTaskException.class, () -> tasks.release("a", taken.lease()));
  }

  @Test
  void staleWriterCannotUndoAClaim() {
    Task read = tasks.add(task("a"));
    Task taken = tasks.claim("agent", 1, MINUTE).get(0);
    assertThrows(StaleTaskException.class, () -> tasks.save(read.withTitle("x")));
    assertEquals(taken, stored("a"));
  }
}
