package dev.tiercel.soak;

import dev.tiercel.task.Page;
import dev.tiercel.task.RepositoryBusyException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;

/** Reads tasks in every way that there is, and holds those that count against what is known. */
final class Reading {
  private final Stack stack;
  private final TaskRepository tasks;
  private final Counting counting;

  Reading(Stack stack, Counting counting) {
    this.stack = stack;
    this.tasks = stack.tiercel.tasks();
    this.counting = counting;
  }

  void step(Random random) {
    int i = random.nextInt(Counting.TASKS);
    long[] least = counting.least();
    TaskQuery ofAgent = TaskQuery.forAgent(Counting.agent(i));
    switch (random.nextInt(64)) {
      case 0 -> checkAll(tasks.stream(ofAgent.limit(3), found -> found.toList()), least, "stream");
      case 1 -> snapshot(random, least);
      case 2 -> walk(random);
      case 3 -> tasks.findPage(TaskQuery.pending().limit(20), 1 + random.nextInt(10));
      case 4 -> tasks.count(TaskQuery.forAgent("agent-" + random.nextInt(20)));
      case 5 -> tasks.stats();
      case 6 -> tasks.findPending(20);
      case 7 ->
          checkAll(
              tasks.inTransaction(tx -> tx.findByIds(List.of(Counting.id(i)))), least, "inside");
      case 8 -> stack.tiercel.explain("task:" + Counting.id(i));
      case 9, 10, 11, 12, 13, 14 -> checkAll(tasks.find(ofAgent).items(), least, "find");
      case 15, 16, 17, 18 ->
          checkAll(
              tasks.findByIds(List.of(Counting.id(i), Counting.id((i + 1) % Counting.TASKS))),
              least,
              "findByIds");
      default -> counting.saw(tasks.findById(Counting.id(i)).orElseThrow(), least, "findById");
    }
  }

  private void checkAll(List<Task> found, long[] least, String where) {
    if (found.isEmpty()) {
      throw new IllegalStateException(where + " found none of the tasks that count");
    }
    found.forEach(task -> counting.saw(task, least, where));
  }

  private void snapshot(Random random, long[] least) {
    boolean isShort = random.nextBoolean();
    Duration atMost = isShort ? Duration.ofMillis(5) : Duration.ofSeconds(20);
    try {
      tasks.streamSnapshot(
          TaskQuery.all().limit(1_000),
          atMost,
          found -> {
            found.forEach(task -> counting.saw(task, least, "streamSnapshot"));
            return 0;
          });
    } catch (RepositoryBusyException e) {
      if (!isShort) {
        throw e;
      }
    }
  }

  private void walk(Random random) {
    Page<Task> page = tasks.find(TaskQuery.forAgent("agent-" + random.nextInt(20)).limit(40));
    for (int i = 0; i < 5 && page.next().isPresent(); i++) {
      page = tasks.find(TaskQuery.forAgent("agent-" + random.nextInt(20)).limit(40));
    }
  }

  /** The same by futures, some of which are cancelled, late, or streams that nobody reads on. */
  void laterStep(Random random) throws Exception {
    int i = random.nextInt(Counting.TASKS);
    long[] least = counting.least();
    switch (random.nextInt(8)) {
      case 0 -> stack.later.find(TaskQuery.pending()).cancel(true);
      case 1 -> late(stack.later.within(Duration.ofMillis(1)).stats());
      case 2 -> stack.later.publisher(TaskQuery.all().limit(50)).subscribe(new FewOf(least));
      case 3 -> stack.later.calls().submit(() -> 6 * 7).get();
      default ->
          counting.saw(stack.later.findById(Counting.id(i)).get().orElseThrow(), least, "a future");
    }
  }

  private static void late(CompletableFuture<?> future) {
    try {
      future.join();
    } catch (CompletionException | CancellationException e) {
      if (!(e.getCause() instanceof dev.tiercel.async.AsyncTimeoutException)) {
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
        subscription.cancel();
      }
    }

    @Override
    public void onError(Throwable failure) {
      // The calls are closed while it runs, or too many streams are open.
    }

    @Override
    public void onComplete() {
      // It was cancelled before.
    }
  }
}
