package dev.tiercel.soak;

import dev.tiercel.async.AsyncRejectedException;
import dev.tiercel.async.AsyncTimeoutException;
import dev.tiercel.task.NumberedPage;
import dev.tiercel.task.RepositoryBusyException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskStats;
import dev.tiercel.task.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads tasks in every way that there is, and holds those that count against what is known. */
final class Reading {
  private final Stack stack;
  private final TaskRepository tasks;
  private final Counting counting;
  private final Done done;

  Reading(Stack stack, Counting counting, Done done) {
    this.stack = stack;
    this.tasks = stack.tiercel.tasks();
    this.counting = counting;
    this.done = done;
  }

  void step(Random random) {
    int i = random.nextInt(Counting.TASKS);
    long[] least = counting.least();
    TaskQuery ofAgent = TaskQuery.forAgent(Counting.agent(i));
    switch (random.nextInt(64)) {
      case 0 -> checkAll(tasks.stream(ofAgent.limit(3), found -> found.toList()), i, least);
      case 1 -> snapshot(random, least);
      case 2 -> checkAll(Own.walk(tasks, ofAgent.limit(3)), i, least);
      case 3 -> page(random, ofAgent);
      case 4 -> requireSame((long) Counting.EACH, tasks.count(ofAgent), "count");
      case 5 -> checkStats(tasks.stats(), i);
      case 6 -> requirePending(tasks.findPending(20), "findPending");
      case 7 -> checkTwo(tasks.inTransaction(tx -> tx.findByIds(two(i))), i, least);
      case 8 -> stack.tiercel.explain("task:" + Counting.id(i));
      case 9, 10, 11, 12, 13, 14 -> checkAll(tasks.find(ofAgent).items(), i, least);
      case 15, 16, 17, 18 -> checkTwo(tasks.findByIds(two(i)), i, least);
      default -> counting.saw(tasks.findById(Counting.id(i)).orElseThrow(), least, "findById");
    }
  }

  private static List<String> two(int i) {
    return List.of(Counting.id(i), Counting.id((i + 1) % Counting.TASKS));
  }

  private void checkAll(List<Task> found, int i, long[] least) {
    Counting.requireAllOf(i, found.stream().map(Task::id), "a listing");
    found.forEach(task -> counting.saw(task, least, "a listing"));
  }

  private void checkTwo(List<Task> found, int i, long[] least) {
    requireSame(two(i), found.stream().map(Task::id).toList(), "findByIds");
    found.forEach(task -> counting.saw(task, least, "findByIds"));
  }

  private void page(Random random, TaskQuery ofAgent) {
    NumberedPage<Task> page = tasks.findPage(ofAgent.limit(3), 3);
    requireSame(Counting.EACH - 6, page.items().size(), "findPage");
    requireSame((long) Counting.EACH, page.total(), "the total of findPage");
    requirePending(
        tasks.findPage(TaskQuery.pending().limit(20), 1 + random.nextInt(10)).items(), "findPage");
  }

  private static void checkStats(TaskStats stats, int i) {
    requireSame(
        new TaskStats.Agent(Counting.EACH, 0), stats.byAgent().get(Counting.agent(i)), "stats");
  }

  /* There are more of them than those who claim can hold. */
  private static void requirePending(List<Task> found, String where) {
    requireSame(20, found.size(), where);
    if (found.stream().anyMatch(task -> task.status() != TaskStatus.PENDING)) {
      throw new IllegalStateException(where + " told of others than the pending: " + found);
    }
  }

  private static void requireSame(Object known, @Nullable Object told, String where) {
    if (!known.equals(told)) {
      throw new IllegalStateException(where + " told " + told + " and not " + known);
    }
  }

  private void snapshot(Random random, long[] least) {
    boolean isShort = random.nextBoolean();
    Duration atMost = isShort ? Duration.ofMillis(5) : Duration.ofSeconds(20);
    try {
      List<Task> counts =
          tasks.streamSnapshot(
              TaskQuery.all().limit(1_000),
              atMost,
              found -> found.filter(task -> Counting.index(task.id()) >= 0).toList());
      requireSame(Counting.TASKS, counts.size(), "streamSnapshot");
      counts.forEach(task -> counting.saw(task, least, "streamSnapshot"));
    } catch (RepositoryBusyException e) {
      if (!isShort) {
        throw e;
      }
    }
  }

  /** The same by futures, some of which are cancelled, late, or streams that nobody reads on. */
  void laterStep(Random random) throws Exception {
    int i = random.nextInt(Counting.TASKS);
    long[] least = counting.least();
    switch (random.nextInt(8)) {
      case 0 -> stack.later.find(TaskQuery.pending()).cancel(true);
      case 1 -> late(stack.later.within(Duration.ofMillis(1)).stats(), i);
      case 2 -> stack.later.publisher(TaskQuery.all().limit(50)).subscribe(new FewOf(least));
      case 3 -> requireSame(42, stack.later.calls().submit(() -> 6 * 7).get(), "a call");
      default ->
          counting.saw(stack.later.findById(Counting.id(i)).get().orElseThrow(), least, "a future");
    }
  }

  private static void late(CompletableFuture<TaskStats> future, int i) {
    try {
      checkStats(future.join(), i);
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof AsyncTimeoutException)) {
        throw e;
      }
    }
  }

  /** Takes a few and no more. */
  private final class FewOf implements Flow.Subscriber<Task> {
    private final long[] least;
    private Flow.Subscription subscription;
    private int left = 30;

    FewOf(long[] least) {
      this.least = least;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(40);
    }

    @Override
    public void onNext(Task task) {
      counting.saw(task, least, "a publisher");
      if (--left == 0) {
        done.published.increment();
        subscription.cancel();
      }
    }

    @Override
    public void onError(Throwable failure) {
      if (!(failure instanceof AsyncRejectedException)) { // Too many are open, or all is closed.
        counting.complain("a publisher", failure);
      }
    }

    @Override
    public void onComplete() {
      counting.complain("a publisher", new IllegalStateException("it ended, " + left + " early"));
    }
  }
}
