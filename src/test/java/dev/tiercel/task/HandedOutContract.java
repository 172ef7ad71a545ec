package dev.tiercel.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a caller may rely on in what it was handed: lists, cursors, short forms, refusals. */
public abstract class HandedOutContract extends RepositoryContract {
  private void fill(int count) {
    List<Task> given = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      given.add(task("t" + (100 + i)).withPriority(i % 3));
    }
    assertEquals(count, tasks.addAll(given).orThrow().size());
  }

  @Test
  void listsAreImmutable() {
    fill(6);
    for (List<Task> list :
        List.of(
            tasks.findAll(),
            tasks.findPending(),
            tasks.findByIds(List.of("t100")),
            tasks.find(TaskQuery.all()).items(),
            tasks.findPage(TaskQuery.all(), 1).items(),
            tasks.claim("agent", 1, MINUTE),
            tasks.findByAgent("agent"),
            tasks.addAll(List.of(task("new"))).stored())) {
      assertThrows(UnsupportedOperationException.class, () -> list.remove(0));
    }
    assertThrows(UnsupportedOperationException.class, () -> tasks.stats().byAgent().clear());
  }

  @Test
  void whatWasReadStaysAsItWas() {
    fill(3);
    List<Task> all = tasks.findAll();
    List<Task> copy = List.copyOf(all);
    tasks.delete("t100");
    tasks.save(tasks.findById("t101").orElseThrow().withTitle("other"));
    assertEquals(copy, all);
  }

  @Test
  void shortFormsListWhatTheirNamesSay() {
    fill(9);
    tasks.claim("agent", 4, MINUTE);
    tasks.complete("t102", tasks.findById("t102").orElseThrow().lease());
    assertEquals(tasks.find(TaskQuery.forAgent("agent")).items(), tasks.findByAgent("agent"));
    assertEquals(List.of("t108", "t105"), ids(tasks.findByAgent("agent", 2)));
    assertEquals(List.of("t104", "t107", "t100", "t103", "t106"), ids(tasks.findPending()));
    assertEquals(List.of("t104", "t107"), ids(tasks.findPending(2)));
    assertEquals(9, tasks.findAll().size());
    assertEquals(List.of("t108", "t107"), ids(tasks.findAll(2)));
  }

  @Test
  void shortFormsStopAtTheirDefaultLimits() {
    fill(1_001);
    assertEquals(1_000, tasks.findAll().size());
    assertEquals(TaskQuery.DEFAULT_LIMIT, tasks.findPending().size());
    assertEquals(150, tasks.claim("agent", 150, MINUTE).size());
    assertEquals(TaskQuery.DEFAULT_LIMIT, tasks.findByAgent("agent").size());
  }

  @Test
  void cursorKeepsItsPlaceWhenItsTaskMoves() {
    fill(9);
    TaskQuery query = TaskQuery.pending().limit(3);
    Page<Task> first = tasks.find(query);
    assertEquals(List.of("t102", "t105", "t108"), ids(first.items()));
    tasks.save(first.items().get(2).withPriority(9));
    tasks.save(first.items().get(0).withPriority(-9));
    Page<Task> second = tasks.find(query.at(first.next().orElseThrow()));
    assertEquals(List.of("t101", "t104", "t107"), ids(second.items()));
    Page<Task> back = tasks.find(query.at(second.previous().orElseThrow()));
    assertEquals(List.of("t108", "t105"), ids(back.items()));
    assertEquals(Optional.empty(), back.previous());
  }

  @Test
  void taskAddedBeforeThePlaceIsSeenOnlyOnTheWayBack() {
    fill(6);
    TaskQuery query = TaskQuery.all().limit(2);
    Page<Task> first = tasks.find(query);
    tasks.add(task("t104a"));
    tasks.add(task("t103a"));
    Page<Task> second = tasks.find(query.at(first.next().orElseThrow()));
    assertEquals(List.of("t103a", "t103"), ids(second.items()));
    Page<Task> back = tasks.find(query.at(second.previous().orElseThrow()));
    assertEquals(List.of("t104a", "t104"), ids(back.items()));
    assertTrue(back.previous().isPresent());
    assertEquals(List.of("t105"), ids(tasks.find(query.at(back.previous().orElseThrow())).items()));
  }

  @Test
  void lastFullPageHasNoNext() {
    fill(4);
    TaskQuery query = TaskQuery.all().limit(2);
    Page<Task> last = tasks.find(query.at(tasks.find(query).next().orElseThrow()));
    assertEquals(2, last.items().size());
    assertEquals(Optional.empty(), last.next());
    assertEquals(Optional.empty(), tasks.find(TaskQuery.all().limit(4)).next());
  }

  @Test
  void overdueTaskWithoutAnAgentIsClaimedOnce() {
    Task odd = task("odd");
    tasks.add(new Task("odd", "t", null, null, odd.createdAt(), null, null, 1, START, 0, 0, START));
    assertEquals(List.of("odd"), ids(tasks.claim("agent", 9, MINUTE)));
    assertEquals(2, stored("odd").version());
    assertEquals(List.of(), tasks.claim("agent", 9, MINUTE));
  }

  @Test
  void leaseMayBeAMillisecondLong() {
    tasks.add(task("a"));
    Task taken = tasks.claim("agent", TaskRepository.MAX_BATCH, Duration.ofMillis(1)).get(0);
    assertEquals(START.plusMillis(1), taken.leaseExpiresAt());
    Task renewed = tasks.renewLease("a", taken.lease(), Duration.ofDays(366));
    assertEquals(START.plus(Duration.ofDays(366)), renewed.leaseExpiresAt());
  }

  @Test
  void refusalsNameTheTaskAndTheRemedy() {
    Task read = tasks.add(task("task-seven"));
    tasks.save(read.withTitle("other"));
    List<TaskRepositoryException> refusals =
        List.of(
            assertThrows(DuplicateTaskException.class, () -> tasks.add(read)),
            assertThrows(StaleTaskException.class, () -> tasks.save(read)),
            assertThrows(StaleTaskException.class, () -> tasks.complete("task-seven", 5)),
            assertThrows(StaleTaskException.class, () -> tasks.release("task-seven", 5)),
            assertThrows(
                StaleTaskException.class, () -> tasks.renewLease("task-seven", 5, MINUTE)));
    for (TaskRepositoryException refusal : refusals) {
      String message = String.valueOf(refusal.getMessage());
      assertTrue(message.contains("task-seven"), message);
    }
  }

  @Test
  void everyWriteOfTheOuterRepositoryIsRefusedInsideWithTheRemedy() {
    Task known = tasks.add(task("known"));
    List<Runnable> writes =
        List.of(
            () -> tasks.add(task("a")),
            () -> tasks.save(known.withTitle("x")),
            () -> tasks.addAll(List.of(task("a"))),
            () -> tasks.saveAll(List.of(known.withTitle("x"))),
            () -> tasks.claim("agent", 1, MINUTE),
            () -> tasks.renewLease("known", 1, MINUTE),
            () -> tasks.complete("known", 1),
            () -> tasks.release("known", 1),
            () -> tasks.delete("known"),
            () -> tasks.prune(START, 1),
            () -> tasks.<Integer>inTransaction(again -> 0));
    tasks.<Integer>inTransaction(
        bound -> {
          for (Runnable write : writes) {
            String message =
                String.valueOf(assertThrows(IllegalStateException.class, write::run).getMessage());
            assertTrue(message.contains("repository that the transaction was given"), message);
          }
          return 0;
        });
    assertEquals(List.of(known), tasks.findAll());
  }

  @Test
  void errorUndoesATransactionToo() {
    AssertionError error = new AssertionError("on purpose");
    AssertionError thrown =
        assertThrows(
            AssertionError.class,
            () ->
                tasks.<Integer>inTransaction(
                    bound -> {
                      bound.add(task("a"));
                      throw error;
                    }));
    assertSame(error, thrown);
    assertEquals(0, tasks.count(TaskQuery.all()));
    assertEquals(1, tasks.add(task("a")).version());
  }

  @Test
  void listenerMayRemoveItselfWhileItHears() {
    List<List<TaskChange>> heard = new ArrayList<>();
    AtomicReference<Runnable> removal = new AtomicReference<>();
    removal.set(
        tasks.addListener(
            changes -> {
              heard.add(changes);
              removal.get().run();
            }));
    tasks.add(task("a"));
    tasks.add(task("b"));
    assertEquals(1, heard.size());
  }

  @Test
  void transactionMayReturnNull() {
    assertNull(tasks.<Object>inTransaction(bound -> nothing()));
    assertNull(tasks.<Object>stream(TaskQuery.all(), stream -> nothing()));
    assertNull(tasks.<Object>streamSnapshot(TaskQuery.all(), MINUTE, s -> nothing()));
  }

  @Test
  void streamMayBeLeftEarly() {
    fill(50);
    TaskQuery query = TaskQuery.all().limit(2);
    assertEquals(3, tasks.<List<Task>>stream(query, s -> s.limit(3).toList()).size());
    assertTrue(tasks.<Boolean>streamSnapshot(query, MINUTE, s -> s.findFirst().isPresent()));
    assertEquals(50, tasks.<Long>stream(query, Stream::count));
    assertTrue(tasks.delete("t100"));
  }
}
