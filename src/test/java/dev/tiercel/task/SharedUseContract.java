package dev.tiercel.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What it means that any number of threads share a repository: nothing is lost, torn or late. */
public abstract class SharedUseContract extends RepositoryContract {
  private static final int THREADS = 8;

  /** Runs one piece of work per thread, and fails with the first that failed. */
  private static <T> List<T> together(int threads, IntFunction<Callable<T>> work) throws Exception {
    List<Callable<T>> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      all.add(work.apply(i));
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> done : pool.invokeAll(all)) {
        results.add(done.get());
      }
    } finally {
      pool.shutdownNow();
    }
    return results;
  }

  @Test
  void oneOfManyAddsOfTheSameIdWins() throws Exception {
    List<BatchResult> results =
        together(THREADS, i -> () -> tasks.addAll(List.of(task("a").withTitle("by " + i))));
    List<Task> winners = results.stream().flatMap(one -> one.stored().stream()).toList();
    assertEquals(List.of(stored("a")), winners);
  }

  @Test
  void everySaveOfAVersionButOneIsStale() throws Exception {
    tasks.add(task("a").withPriority(0));
    List<Integer> refused =
        together(
            THREADS,
            i ->
                () -> {
                  int stale = 0;
                  int saved = 0;
                  while (saved < 20) {
                    Task read = stored("a");
                    try {
                      tasks.save(read.withPriority(read.priority() + 1));
                      saved++;
                    } catch (StaleTaskException e) {
                      stale++;
                    }
                  }
                  return stale;
                });
    assertEquals(THREADS, refused.size());
    assertEquals(20 * THREADS, stored("a").priority());
    assertEquals(20 * THREADS + 1, stored("a").version());
  }

  @Test
  void transactionsOfManyThreadsLoseNoUpdate() throws Exception {
    tasks.add(task("a").withPriority(0));
    List<Integer> seen =
        together(
                THREADS,
                i ->
                    () -> {
                      List<Integer> mine = new ArrayList<>();
                      for (int n = 0; n < 20; n++) {
                        mine.add(
                            tasks.<Integer>inTransaction(
                                bound -> {
                                  Task read = bound.findById("a").orElseThrow();
                                  return bound
                                      .save(read.withPriority(read.priority() + 1))
                                      .priority();
                                }));
                      }
                      return mine;
                    })
            .stream()
            .flatMap(List::stream)
            .toList();
    assertEquals(20 * THREADS, new HashSet<>(seen).size());
    assertEquals(20 * THREADS, stored("a").priority());
  }

  @Test
  void everyThreadSeesItsOwnWritesAtOnce() throws Exception {
    List<Boolean> done =
        together(
            THREADS,
            i ->
                () -> {
                  String agent = "agent" + i;
                  for (int n = 1; n <= 20; n++) {
                    Task added = tasks.add(task(i + "-" + n).assignedTo(agent, START));
                    assertEquals(Optional.of(added), tasks.findById(added.id()));
                    assertEquals(n, tasks.count(TaskQuery.forAgent(agent)));
                    assertEquals(n, tasks.findByAgent(agent).size());
                  }
                  return true;
                });
    assertEquals(THREADS, done.size());
    assertEquals(20L * THREADS, tasks.stats().assigned());
  }

  @Test
  void readsNeverSeeHalfOfAWrite() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    List<Integer> reads =
        together(
            4,
            i ->
                i == 0
                    ? () -> {
                      try {
                        writeInPairs();
                      } finally {
                        ended.set(true);
                      }
                      return 1;
                    }
                    : () -> {
                      int count = 0;
                      do {
                        assertPairs();
                        count++;
                      } while (!ended.get());
                      return count;
                    });
    assertTrue(reads.stream().allMatch(count -> count > 0));
    assertEquals(20, tasks.count(TaskQuery.all()));
  }

  /** Adds two and two, some as a batch and some as a transaction, and deletes two of each four. */
  private void writeInPairs() {
    for (int n = 0; n < 20; n++) {
      Task one = task("x" + n);
      Task two = task("y" + n).assignedTo("agent", START);
      if (n % 2 == 0) {
        tasks.addAll(List.of(one, two)).orThrow();
      } else {
        int last = n - 1;
        tasks.<Boolean>inTransaction(
            bound -> {
              bound.add(one);
              bound.add(two);
              return bound.delete("x" + last) && bound.delete("y" + last);
            });
      }
    }
  }

  private void assertPairs() {
    TaskStats stats = tasks.stats();
    assertEquals(stats.pending(), stats.assigned());
    long held = stats.byAgent().values().stream().mapToLong(TaskStats.Agent::assigned).sum();
    assertEquals(stats.assigned(), held);
    Page<Task> page = tasks.find(TaskQuery.all().counted());
    assertEquals(0, page.items().size() % 2);
    assertEquals(OptionalLong.of(page.items().size()), page.total());
    NumberedPage<Task> numbered = tasks.findPage(TaskQuery.all(), 1);
    assertEquals(numbered.total(), numbered.items().size());
    List<Task> found = tasks.findByIds(List.of("x1", "y1", "x5", "y5", "x19", "y19"));
    assertEquals(0, found.size() % 2);
    assertEquals(0, tasks.count(TaskQuery.all()) % 2);
  }

  @Test
  void overdueTasksAreTakenOverExactlyOnce() throws Exception {
    List<Task> given = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      given.add(task("t" + i));
    }
    tasks.addAll(given).orThrow();
    List<Task> late = tasks.claim("slow", 100, MINUTE);
    clock.advance(MINUTE);
    List<Task> taken =
        together(THREADS, i -> () -> tasks.claim("agent" + i, 20, MINUTE)).stream()
            .flatMap(List::stream)
            .toList();
    assertEquals(100, taken.size());
    assertEquals(100, new HashSet<>(ids(taken)).size());
    long newest = late.stream().mapToLong(Task::lease).max().orElseThrow();
    assertTrue(taken.stream().allMatch(task -> task.lease() > newest));
  }

  @Test
  void oneOfManyTakesAnOverdueTaskAwayFromItsHolder() throws Exception {
    for (int round = 0; round < 20; round++) {
      tasks.add(task("t" + round));
      Task held = tasks.claim("slow", 1, MINUTE).get(0);
      clock.advance(MINUTE);
      String id = held.id();
      long lease = held.lease();
      List<Integer> won =
          together(
              2,
              i ->
                  i == 0
                      ? () -> tasks.claim("fast", 1, MINUTE).size()
                      : () -> completes(id, lease) ? 1 : 0);
      assertEquals(1, won.get(0) + won.get(1), "either the old holder or the new one");
      assertEquals(won.get(0) == 1 ? "fast" : "slow", stored(id).assignedAgentId());
      tasks.delete(id);
    }
  }

  private boolean completes(String id, long lease) {
    try {
      return tasks.complete(id, lease).status() == TaskStatus.COMPLETED;
    } catch (StaleTaskException e) {
      return false;
    }
  }

  @Test
  void listenersHearEveryWriteOfEveryThreadOnce() throws Exception {
    List<Task> heard = Collections.synchronizedList(new ArrayList<>());
    tasks.addListener(changes -> changes.forEach(change -> heard.add(change.after())));
    List<Task> written =
        together(
                THREADS,
                i ->
                    () -> {
                      List<Task> mine = new ArrayList<>();
                      for (int n = 0; n < 20; n++) {
                        Task added = tasks.add(task(i + "-" + n));
                        assertTrue(heard.contains(added), "heard before the write returned");
                        mine.add(added);
                      }
                      return mine;
                    })
            .stream()
            .flatMap(List::stream)
            .toList();
    assertEquals(20 * THREADS, heard.size());
    assertEquals(new HashSet<>(written), new HashSet<>(heard));
  }
}
