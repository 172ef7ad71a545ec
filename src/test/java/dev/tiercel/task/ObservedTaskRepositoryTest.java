package dev.tiercel.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.CapturedLog;
import dev.tiercel.task.TaskObserver.Outcome;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ObservedTaskRepositoryTest {
  private record Call(TaskMethod method, Outcome outcome, long nanos) {}

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 3); // It may run over.
  private final InMemoryTaskRepository below = new InMemoryTaskRepository(clock);
  private final ObservedTaskRepository tasks =
      new ObservedTaskRepository(below, () -> nanos.getAndAdd(7));
  private final List<Call> calls = new ArrayList<>();

  private Runnable observe() {
    return tasks.observe((method, outcome, nanos) -> calls.add(new Call(method, outcome, nanos)));
  }

  private static Task task(String id) {
    return Task.titled("Task " + id).withId(id);
  }

  @Test
  void eachCallIsToldOnceWithItsTimeAndOutcome() {
    observe();
    tasks.add(task("a"));
    assertThrows(DuplicateTaskException.class, () -> tasks.add(task("a")));
    assertThrows(InvalidValueException.class, () -> tasks.prune(Instant.EPOCH, 0));
    assertThrows(NullPointerException.class, () -> tasks.find(null));
    assertEquals(
        List.of(
            new Call(TaskMethod.ADD, Outcome.SUCCESS, 7),
            new Call(TaskMethod.ADD, Outcome.REFUSED, 7),
            new Call(TaskMethod.PRUNE, Outcome.REFUSED, 7),
            new Call(TaskMethod.FIND, Outcome.FAILED, 7)),
        calls);
  }

  @Test
  void everyMethodThatDoesSomethingIsWatched() {
    observe();
    Task a = tasks.add(task("a"));
    Task saved = tasks.save(a.withTitle("changed"));
    tasks.addAll(List.of(task("b")));
    tasks.saveAll(List.of(saved.withTitle("again")));
    tasks.findById("a");
    tasks.findByIds(List.of("a"));
    tasks.find(TaskQuery.all());
    tasks.findPage(TaskQuery.all(), 1);
    tasks.count(TaskQuery.all());
    tasks.<Long>stream(TaskQuery.all(), stream -> stream.count());
    tasks.<Long>streamSnapshot(TaskQuery.all(), Duration.ofMinutes(1), stream -> stream.count());
    Task claimed = tasks.claim("agent", 1, Duration.ofMinutes(1)).get(0);
    tasks.renewLease(claimed.id(), claimed.lease(), Duration.ofMinutes(1));
    tasks.release(claimed.id(), claimed.lease());
    Task taken = tasks.claim("agent", 1, Duration.ofMinutes(1)).get(0);
    tasks.complete(taken.id(), taken.lease());
    tasks.delete("b");
    tasks.prune(Instant.EPOCH, 1);
    tasks.stats();
    tasks.<Integer>inTransaction(tx -> tx.findAll().size());

    Set<TaskMethod> told = new TreeSet<>(calls.stream().map(Call::method).toList());
    assertEquals(Set.of(TaskMethod.values()), told);
    assertTrue(calls.stream().allMatch(call -> call.outcome() == Outcome.SUCCESS), calls::toString);
    assertEquals(20, calls.size(), "what is done inside the transaction is part of it");
  }

  @Test
  void insideATransactionOnlyWhatGoesToTheOuterRepositoryIsTold() {
    observe();
    tasks.<Integer>inTransaction(
        tx -> {
          tx.add(task("a"));
          tasks.findById("a");
          assertThrows(IllegalStateException.class, () -> tasks.add(task("b")));
          return 0;
        });
    assertEquals(
        List.of(
            new Call(TaskMethod.FIND_BY_ID, Outcome.SUCCESS, 7),
            new Call(TaskMethod.ADD, Outcome.FAILED, 7),
            new Call(TaskMethod.IN_TRANSACTION, Outcome.SUCCESS, 35)),
        calls);
  }

  @Test
  void aBatchReturnsThoughAllOfItIsRefusedAndAFunctionOfTheCallersMayThrow() {
    tasks.add(task("a"));
    observe();
    assertEquals(0, tasks.addAll(List.of(task("a"))).stored().size());
    assertThrows(
        UnsupportedOperationException.class,
        () ->
            tasks.stream(
                TaskQuery.all(),
                stream -> {
                  throw new UnsupportedOperationException("as asked");
                }));
    assertEquals(
        List.of(
            new Call(TaskMethod.ADD_ALL, Outcome.SUCCESS, 7),
            new Call(TaskMethod.STREAM, Outcome.FAILED, 7)),
        calls);
  }

  @Test
  void theMethodsAreThoseOfTheInterface() {
    Set<String> abstracts =
        Arrays.stream(TaskRepository.class.getMethods())
            .filter(method -> Modifier.isAbstract(method.getModifiers()))
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    abstracts.remove("addListener");
    Set<String> named =
        Arrays.stream(TaskMethod.values())
            .map(TaskMethod::methodName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(abstracts, named);
  }

  @Test
  void whileNobodyWatchesNoTimeIsTaken() {
    long before = nanos.get();
    tasks.add(task("a"));
    Runnable end = observe();
    end.run();
    end.run();
    tasks.findById("a");
    assertEquals(before, nanos.get());
    assertEquals(List.of(), calls);
  }

  @Test
  void eachObserverIsToldThoughAnotherFails() {
    tasks.observe(
        (method, outcome, nanos) -> {
          throw new AssertionError("as asked");
        });
    observe();
    assertEquals("a", tasks.add(task("a")).id());
    assertEquals(1, calls.size());
  }

  @Test
  void thatAnObserverFailsIsSaidOnce() throws Exception {
    tasks.observe(
        (method, outcome, nanos) -> {
          throw new AssertionError("as asked");
        });
    try (CapturedLog log = new CapturedLog(ObservedTaskRepository.class)) {
      tasks.add(task("a"));
      tasks.add(task("b"));
      assertEquals(1, log.warnings().size(), log::text);
      assertTrue(log.text().contains("as asked"), log::text);
    }
  }
}
