package dev.tiercel.soak;

import dev.tiercel.task.StaleTaskException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskRepository;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Claims what is pending, gives it back or completes it, and adds a task for each that is gone.
 * Nobody may be given what another one holds. One thread; the tasks held are known to all.
 */
final class Claiming {
  /** Who holds a task, by its id. Shared by all who claim. */
  static final class Held {
    private final Map<String, String> agents = new ConcurrentHashMap<>();
  }

  private final String agent;
  private final Held held;
  private final Population population;
  private final Complaints complaints;
  private final Deque<Task> mine = new ArrayDeque<>();
  private final Deque<String> ended = new ArrayDeque<>();
  private final Deque<String> missing = new ArrayDeque<>();
  private boolean isAgain;

  Claiming(String agent, Held held, Population population, Complaints complaints) {
    this.agent = agent;
    this.held = held;
    this.population = population;
    this.complaints = complaints;
  }

  void step(TaskRepository tasks, Random random) {
    replace(tasks);
    if (mine.isEmpty()) {
      for (Task task : tasks.claim(agent, 1 + random.nextInt(4), Duration.ofHours(2))) {
        String holder = held.agents.putIfAbsent(task.id(), agent);
        if (holder != null) {
          complaints.add(task.id() + " was given to " + agent + " while " + holder + " has it");
        }
        mine.add(task);
      }
      requireNotPending(tasks);
    }
    while (!mine.isEmpty()) {
      Task task = mine.getFirst();
      end(tasks, task, task.lease() % 3);
      isAgain = false;
      mine.removeFirst();
    }
  }

  private void requireNotPending(TaskRepository tasks) {
    for (Task pending : tasks.findPending(20)) {
      if (mine.stream().anyMatch(task -> task.id().equals(pending.id()))) {
        complaints.add(pending.id() + " is pending, while " + agent + " has it");
      }
    }
  }

  /* From the moment on that it is given back another one may have it. */
  private void end(TaskRepository tasks, Task task, long how) {
    if (how == 0) {
      held.agents.remove(task.id(), agent);
      boolean isSecondTry = isAgain;
      isAgain = true;
      try {
        tasks.release(task.id(), task.lease());
      } catch (StaleTaskException e) {
        if (!isSecondTry) {
          throw e;
        }
      }
    } else {
      if (how == 1) {
        tasks.renewLease(task.id(), task.lease(), Duration.ofHours(3));
      }
      tasks.complete(task.id(), task.lease());
      held.agents.remove(task.id(), agent);
      ended.add(task.id());
    }
  }

  /* Deleting and adding are two writes, and each may be interrupted. */
  private void replace(TaskRepository tasks) {
    while (!ended.isEmpty()) {
      String id = ended.getFirst();
      population.inDoubt(id);
      tasks.delete(id);
      population.isGone(id);
      ended.removeFirst();
      missing.add(population.nextId());
    }
    while (!missing.isEmpty()) {
      String id = missing.getFirst();
      population.inDoubt(id);
      tasks.add(pending(id));
      population.isThere(id);
      missing.removeFirst();
    }
  }

  static Task pending(String id) {
    return Task.titled("to be done").withId(id).withPriority(id.length());
  }
}
