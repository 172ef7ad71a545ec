package dev.tiercel.soak;

import dev.tiercel.task.Task;
import dev.tiercel.task.TaskRepository;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Adds tasks, changes some and deletes as many, so that their number stays; after each write it
 * asks for what it wrote. Half of them are of an agent of its own. One thread.
 */
final class Churn {
  private static final Instant LONG_AGO = Instant.ofEpochSecond(86_400);
  private static final int KEPT = 200;

  private final Population population;
  private final Own own;
  private final Deque<String> added = new ArrayDeque<>();
  private final Deque<String> doubtful = new ArrayDeque<>();

  Churn(String agent, Population population) {
    this.own = new Own(agent);
    this.population = population;
  }

  /** A task of one of twenty agents, with a text of up to some kilobytes. */
  static Task some(String id, Random random) {
    return some(id, "agent-" + random.nextInt(20), random);
  }

  private static Task some(String id, String agent, Random random) {
    Task task =
        Task.titled("task " + random.nextInt(1_000))
            .withId(id)
            .withDescription("x".repeat(random.nextInt(1 + random.nextInt(3_000))))
            .withPriority(random.nextInt(10))
            .assignedTo(agent);
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
      case 3, 4 -> change(tasks, random);
      default -> addAll(tasks, random, 1);
    }
    own.check(tasks, random);
    boolean isToCheck = added.size() > KEPT;
    while (added.size() > KEPT) {
      String id = added.getFirst();
      doubtful.add(id);
      if (!delete(tasks, id)) {
        throw new IllegalStateException(id + " was not there to be deleted");
      }
      doubtful.removeLast();
    }
    if (isToCheck) {
      own.check(tasks, random);
    }
  }

  private void addAll(TaskRepository tasks, Random random, int count) {
    List<Task> next =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    random.nextBoolean()
                        ? some(population.nextId(), random)
                        : some(population.nextId(), own.agent, random))
            .toList();
    begin(next);
    List<Task> stored = count == 1 ? List.of(tasks.add(next.get(0))) : tasks.addAll(next).orThrow();
    for (Task task : stored) {
      population.isThere(task.id());
      added.add(task.id());
      own.stored(task);
      doubtful.removeLast();
    }
    stored.forEach(task -> requireStored(tasks, task));
  }

  /* Completes one of its own, or gives it to somebody else. */
  private void change(TaskRepository tasks, Random random) {
    Task task = own.open();
    if (task != null) {
      begin(List.of(task));
      Task stored =
          tasks.save(
              random.nextBoolean()
                  ? task.completed()
                  : task.assignedTo("agent-" + random.nextInt(20)));
      population.isThere(stored.id());
      own.stored(stored);
      doubtful.removeLast();
      requireStored(tasks, stored);
    }
  }

  private static void requireStored(TaskRepository tasks, Task stored) {
    Optional<Task> found = tasks.findById(stored.id());
    if (!found.equals(Optional.of(stored))) {
      throw new IllegalStateException("findById told " + found + " after " + stored);
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
    old.forEach(task -> requireGone(tasks, task.id()));
  }

  private void begin(List<Task> next) {
    for (Task task : next) {
      population.inDoubt(task.id());
      doubtful.add(task.id());
    }
  }

  /* Returns whether it was there. */
  private boolean delete(TaskRepository tasks, String id) {
    population.inDoubt(id);
    boolean wasThere = tasks.delete(id);
    population.isGone(id);
    added.remove(id);
    own.deleted(id);
    requireGone(tasks, id);
    return wasThere;
  }

  private static void requireGone(TaskRepository tasks, String id) {
    if (tasks.findById(id).isPresent()) {
      throw new IllegalStateException(id + " was deleted, and findById has it");
    }
  }
}
