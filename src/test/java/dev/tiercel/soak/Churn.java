package dev.tiercel.soak;

import dev.tiercel.task.Task;
import dev.tiercel.task.TaskRepository;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Adds tasks and deletes as many, so that their number stays. One thread. */
final class Churn {
  private static final Instant LONG_AGO = Instant.ofEpochSecond(86_400);
  private static final int KEPT = 200;

  private final Population population;
  private final Deque<String> own = new ArrayDeque<>();
  private final Deque<String> doubtful = new ArrayDeque<>();

  Churn(Population population) {
    this.population = population;
  }

  /** A task of one of twenty agents, with a text of up to some kilobytes. */
  static Task some(String id, Random random) {
    Task task =
        Task.titled("task " + random.nextInt(1_000))
            .withId(id)
            .withDescription("x".repeat(random.nextInt(1 + random.nextInt(3_000))))
            .withPriority(random.nextInt(10))
            .assignedTo("agent-" + random.nextInt(20));
    return random.nextInt(3) == 0 ? task.completed() : task;
  }

  void step(TaskRepository tasks, Random random) {
    while (!doubtful.isEmpty()) {
      delete(tasks, doubtful.getFirst());
      doubtful.removeFirst();
    }
    switch (random.nextInt(10)) {
      case 0 -> addAndPrune(tasks, random);
      case 1, 2 -> addAll(tasks, random, 10);
      default -> addAll(tasks, random, 1);
    }
    while (own.size() > KEPT) {
      String id = own.removeFirst();
      doubtful.add(id);
      delete(tasks, id);
      doubtful.removeLast();
    }
  }

  private void addAll(TaskRepository tasks, Random random, int count) {
    List<Task> next =
        IntStream.range(0, count).mapToObj(i -> some(population.nextId(), random)).toList();
    begin(next);
    if (count == 1) {
      tasks.add(next.get(0));
    } else {
      tasks.addAll(next).orThrow();
    }
    for (Task task : next) {
      population.isThere(task.id());
      own.add(task.id());
      doubtful.removeLast();
    }
  }

  private void addAndPrune(TaskRepository tasks, Random random) {
    List<Task> old =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    Task.titled("old")
                        .withId(population.nextId())
                        .withCreatedAt(LONG_AGO)
                        .assignedTo("pruned", LONG_AGO)
                        .completed(LONG_AGO))
            .toList();
    begin(old);
    tasks.addAll(old).orThrow();
    tasks.prune(LONG_AGO.plusSeconds(1), 1 + random.nextInt(30));
    for (Task task : old) {
      population.isGone(task.id());
      doubtful.removeLast();
    }
  }

  private void begin(List<Task> next) {
    for (Task task : next) {
      population.inDoubt(task.id());
      doubtful.add(task.id());
    }
  }

  private void delete(TaskRepository tasks, String id) {
    population.inDoubt(id);
    tasks.delete(id);
    population.isGone(id);
  }
}
