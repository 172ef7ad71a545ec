package dev.tiercel.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What it means to write several things together, and to hear of writes. */
public abstract class TransactionContract extends RepositoryContract {
  private static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void transactionCommitsEverythingTogether() {
    String result =
        tasks.<String>inTransaction(
            bound -> {
              bound.add(task("a"));
              bound.save(bound.add(task("b")).withTitle("changed"));
              return "done";
            });
    assertEquals("done", result);
    assertEquals(1, stored("a").version());
    assertEquals("changed", stored("b").title());
  }

  @Test
  void transactionThatThrowsLeavesNothing() {
    Task before = tasks.add(task("kept"));
    Failure failure = new Failure();
    Failure thrown =
        assertThrows(
            Failure.class,
            () ->
                tasks.<Integer>inTransaction(
                    bound -> {
                      bound.add(task("a"));
                      bound.delete("kept");
                      bound.addAll(List.of(task("b"), task("c")));
                      bound.claim("agent", 10, MINUTE);
                      throw failure;
                    }));
    assertSame(failure, thrown);
    assertEquals(List.of(before), tasks.findAll());
  }

  @Test
  void refusedWriteDoesNotEndTheTransaction() {
    tasks.add(task("a"));
    tasks.<Integer>inTransaction(
        bound -> {
          assertThrows(DuplicateTaskException.class, () -> bound.add(task("a")));
          assertThrows(StaleTaskException.class, () -> bound.save(task("a")));
          assertThrows(StaleTaskException.class, () -> bound.complete("a", 9));
          assertThrows(InvalidValueException.class, () -> bound.claim("g", 0, MINUTE));
          bound.add(task("b"));
          return 0;
        });
    assertEquals("b", stored("b").id());
  }

  @Test
  void nestedTransactionThatThrowsUndoesOnlyItsOwnWrites() {
    List<List<TaskChange>> heard = new ArrayList<>();
    tasks.addListener(heard::add);
    tasks.<Integer>inTransaction(
        bound -> {
          bound.add(task("before"));
          assertThrows(
              Failure.class,
              () ->
                  bound.<Integer>inTransaction(
                      inner -> {
                        inner.add(task("inner"));
                        inner.delete("before");
                        throw new Failure();
                      }));
          bound.<Task>inTransaction(inner -> inner.add(task("second")));
          bound.add(task("after"));
          return 0;
        });
    assertEquals(Optional.empty(), tasks.findById("inner"));
    List<String> kept = List.of("before", "second", "after");
    assertEquals(kept, ids(tasks.findByIds(kept)));
    assertEquals(1, heard.size());
    assertEquals(kept, heard.get(0).stream().map(change -> after(change).id()).toList());
  }

  @Test
  void nestedTransactionIsUndoneWithTheOuterOne() {
    assertThrows(
        Failure.class,
        () ->
            tasks.<Integer>inTransaction(
                bound -> {
                  bound.<Task>inTransaction(inner -> inner.add(task("a")));
                  throw new Failure();
                }));
    assertEquals(0, tasks.count(TaskQuery.all()));
  }

  @Test
  void outerRepositoryRefusesWritesInside() {
    Task known = tasks.add(task("known"));
    tasks.<Integer>inTransaction(
        bound -> {
          assertThrows(IllegalStateException.class, () -> tasks.add(task("a")));
          assertThrows(IllegalStateException.class, () -> tasks.save(known));
          assertThrows(IllegalStateException.class, () -> tasks.addAll(List.of(task("a"))));
          assertThrows(IllegalStateException.class, () -> tasks.delete("known"));
          assertThrows(IllegalStateException.class, () -> tasks.claim("g", 1, MINUTE));
          assertThrows(IllegalStateException.class, () -> tasks.prune(START, 10));
          assertThrows(IllegalStateException.class, () -> tasks.<Integer>inTransaction(again -> 0));
          bound.add(task("b"));
          return 0;
        });
    assertEquals(known, stored("known"));
    assertEquals(List.of("b", "known"), ids(tasks.findByIds(List.of("a", "b", "known"))));
  }

  @Test
  void ownWritesAreSeenInsideAndNotOutside() {
    Task known = tasks.add(task("known"));
    tasks.<Integer>inTransaction(
        bound -> {
          Task added = bound.add(task("a"));
          Task saved = bound.save(known.withTitle("changed"));
          assertEquals(Optional.of(added), bound.findById("a"));
          assertEquals(List.of(saved, added), bound.findByIds(List.of("known", "a")));
          assertEquals(List.of("known", "a"), ids(bound.findAll()));
          assertEquals(2, bound.count(TaskQuery.all()));
          assertEquals(2, bound.stats().pending());
          assertEquals(2, bound.<Long>stream(TaskQuery.all().limit(1), s -> s.count()));
          assertEquals(
              2, bound.<Long>streamSnapshot(TaskQuery.all().limit(1), MINUTE, s -> s.count()));
          assertEquals(Optional.empty(), tasks.findById("a"));
          assertEquals(List.of(known), tasks.findAll());
          assertEquals(1, tasks.stats().total());
          return 0;
        });
    assertEquals(2, tasks.stats().total());
  }

  @Test
  void boundRepositoryIsOfNoUseAfterwards() {
    TaskRepository kept = tasks.<TaskRepository>inTransaction(bound -> bound);
    assertThrows(IllegalStateException.class, () -> kept.add(task("a")));
    assertThrows(IllegalStateException.class, () -> kept.findById("a"));
    assertThrows(IllegalStateException.class, () -> kept.find(TaskQuery.all()));
    assertThrows(IllegalStateException.class, () -> kept.<Integer>inTransaction(again -> 0));
    assertEquals(0, tasks.count(TaskQuery.all()));
  }

  @Test
  void boundRepositoryIsOfNoUseToAnotherThread() {
    tasks.<Integer>inTransaction(
        bound -> {
          FutureTask<Task> other = new FutureTask<>(() -> bound.add(task("a")));
          Thread thread = new Thread(other);
          thread.start();
          ExecutionException refused = assertThrows(ExecutionException.class, other::get);
          assertInstanceOf(IllegalStateException.class, refused.getCause());
          return 0;
        });
    assertEquals(0, tasks.count(TaskQuery.all()));
  }

  @Test
  void claimInsideIsUndoneButItsLeaseNumberIsOfNoUse() {
    tasks.add(task("a"));
    List<Task> undone = new ArrayList<>();
    assertThrows(
        Failure.class,
        () ->
            tasks.<Integer>inTransaction(
                bound -> {
                  undone.addAll(bound.claim("g", 1, MINUTE));
                  throw new Failure();
                }));
    long lease = undone.get(0).lease();
    assertThrows(StaleTaskException.class, () -> tasks.complete("a", lease));
    assertEquals(TaskStatus.PENDING, stored("a").status());
  }

  private static Task after(TaskChange change) {
    return Optional.ofNullable(change.after()).orElseThrow();
  }

  @Test
  void listenersHearEveryKindOfWriteWithBeforeAndAfter() {
    List<List<TaskChange>> heard = new ArrayList<>();
    tasks.addListener(heard::add);
    Task added = tasks.add(task("a"));
    Task saved = tasks.save(added.withTitle("changed"));
    Task claimed = tasks.claim("g", 1, MINUTE).get(0);
    Task renewed = tasks.renewLease("a", claimed.lease(), MINUTE);
    Task released = tasks.release("a", claimed.lease());
    Task again = tasks.claim("g", 1, MINUTE).get(0);
    Task completed = tasks.complete("a", again.lease());
    tasks.prune(START.plusSeconds(1), 10);
    Task other = tasks.add(task("b"));
    tasks.delete("b");
    assertEquals(
        List.of(
            List.of(new TaskChange(null, added)),
            List.of(new TaskChange(added, saved)),
            List.of(new TaskChange(saved, claimed)),
            List.of(new TaskChange(claimed, renewed)),
            List.of(new TaskChange(renewed, released)),
            List.of(new TaskChange(released, again)),
            List.of(new TaskChange(again, completed)),
            List.of(new TaskChange(completed, null)),
            List.of(new TaskChange(null, other)),
            List.of(new TaskChange(other, null))),
        heard);
  }

  @Test
  void listenersHearABatchAndATransactionOnce() {
    List<List<TaskChange>> heard = new ArrayList<>();
    tasks.addListener(heard::add);
    List<Task> stored = tasks.addAll(List.of(task("a"), task("b"), task("a"))).stored();
    assertEquals(List.of(stored.stream().map(task -> new TaskChange(null, task)).toList()), heard);
    heard.clear();
    Task first = stored.get(0);
    Task last =
        tasks.<Task>inTransaction(
            bound -> {
              Task second = bound.save(first.withTitle("second"));
              assertEquals(List.of(), heard, "a listener hears nothing before the commit");
              return bound.save(second.withTitle("third"));
            });
    assertEquals(1, heard.size());
    assertEquals(2, heard.get(0).size());
    assertEquals(first, heard.get(0).get(0).before());
    assertEquals(heard.get(0).get(0).after(), heard.get(0).get(1).before());
    assertEquals(last, heard.get(0).get(1).after());
  }

  @Test
  void listenersHearOnTheWritingThreadAfterTheCommit() {
    List<Optional<Task>> seen = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    tasks.addListener(
        changes -> {
          threads.add(Thread.currentThread());
          seen.add(tasks.findById("a"));
        });
    Task added = tasks.add(task("a"));
    assertEquals(List.of(Optional.of(added)), seen);
    assertEquals(List.of(Thread.currentThread()), threads);
  }

  @Test
  void writesThatChangeNothingAreSilent() {
    Task added = tasks.add(task("a"));
    Task claimed = tasks.claim("g", 1, MINUTE).get(0);
    tasks.complete("a", claimed.lease());
    List<List<TaskChange>> heard = new ArrayList<>();
    tasks.addListener(heard::add);
    assertThrows(DuplicateTaskException.class, () -> tasks.add(task("a")));
    assertThrows(StaleTaskException.class, () -> tasks.save(added));
    tasks.complete("a", claimed.lease());
    assertFalse(tasks.delete("x"));
    assertTrue(tasks.claim("g", 1, MINUTE).isEmpty());
    assertEquals(0, tasks.prune(START, 10));
    assertEquals(1, tasks.addAll(List.of(task("a"))).refused().size());
    assertThrows(
        Failure.class,
        () ->
            tasks.<Integer>inTransaction(
                bound -> {
                  bound.add(task("b"));
                  throw new Failure();
                }));
    tasks.<Integer>inTransaction(bound -> bound.findAll().size());
    assertEquals(List.of(), heard);
  }

  @Test
  void throwingListenerHarmsNobody() {
    List<List<TaskChange>> heard = new ArrayList<>();
    tasks.addListener(
        changes -> {
          throw new Failure();
        });
    tasks.addListener(heard::add);
    Task added = tasks.add(task("a"));
    assertEquals(added, stored("a"));
    assertEquals(1, heard.size());
  }

  @Test
  void listenerThatRunsOutOfMemoryHarmsNobody() {
    List<List<TaskChange>> heard = new ArrayList<>();
    tasks.addListener(
        changes -> {
          throw new OutOfMemoryError("in a listener");
        });
    tasks.addListener(heard::add);
    Task added = tasks.add(task("a"));
    Task next = tasks.add(task("b"));
    assertEquals(added, stored("a"));
    assertEquals(next, stored("b"));
    assertEquals(2, heard.size());
  }

  @Test
  void removedListenerIsSilent() {
    List<List<TaskChange>> heard = new ArrayList<>();
    TaskListener listener = heard::add;
    Runnable removeFirst = tasks.addListener(listener);
    tasks.addListener(listener);
    removeFirst.run();
    removeFirst.run();
    tasks.add(task("a"));
    assertEquals(1, heard.size(), "the second registration stays");
  }

  @Test
  void changesAreImmutable() {
    List<List<TaskChange>> heard = new ArrayList<>();
    tasks.addListener(heard::add);
    tasks.add(task("a"));
    assertThrows(UnsupportedOperationException.class, () -> heard.get(0).clear());
  }
}
