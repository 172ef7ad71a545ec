package dev.tiercel.soak;

import dev.tiercel.task.Page;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskStats;
import dev.tiercel.task.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of an agent that one thread alone writes for, so that it knows every answer about them:
 * lists, pages, counts, statistics. For that thread.
 */
final class Own {
  final String agent;
  private final Map<String, Task> there = new TreeMap<>();

  Own(String agent) {
    this.agent = agent;
  }

  /** A task was stored, as this; it may have been given to another agent. */
  void stored(Task task) {
    if (agent.equals(task.assignedAgentId())) {
      there.put(task.id(), task);
    } else {
      there.remove(task.id());
    }
  }

  void deleted(String id) {
    there.remove(id);
  }

  /** One of them that is not completed, or null. */
  @Nullable Task open() {
    return there.values().stream()
        .filter(task -> task.status() == TaskStatus.ASSIGNED)
        .findFirst()
        .orElse(null);
  }

  /** Asks for the list, and for one thing more; all that was written must be certain. */
  void check(TaskRepository tasks, Random random) {
    TaskQuery query = TaskQuery.forAgent(agent);
    require(tasks.findByAgent(agent, 1_000), "findByAgent");
    switch (random.nextInt(6)) {
      case 0 -> {
        requireSame((long) there.size(), tasks.count(query), "count");
        requireSame(
            completed(), tasks.count(query.withStatus(TaskStatus.COMPLETED)), "count of completed");
      }
      case 1 -> checkStats(tasks);
      case 2 -> {
        List<Task> found = new ArrayList<>();
        for (int page = 1; page <= 1 + there.size() / 30; page++) {
          var numbered = tasks.findPage(query.limit(30), page);
          requireSame((long) there.size(), numbered.total(), "total of findPage");
          found.addAll(numbered.items());
        }
        require(found, "findPage");
      }
      case 3 -> require(walk(tasks, query.limit(30)), "a walk");
      case 4 -> require(tasks.stream(query.limit(40), found -> found.toList()), "stream");
      default ->
          require(
              tasks.inTransaction(tx -> tx.find(query.limit(1_000)).items()),
              "find in a transaction");
    }
  }

  static List<Task> walk(TaskRepository tasks, TaskQuery query) {
    Page<Task> page = tasks.find(query);
    List<Task> found = new ArrayList<>(page.items());
    while (page.next().isPresent()) {
      page = tasks.find(query.at(page.next().orElseThrow()));
      found.addAll(page.items());
    }
    return found;
  }

  private long completed() {
    return there.values().stream().filter(task -> task.status() == TaskStatus.COMPLETED).count();
  }

  private void checkStats(TaskRepository tasks) {
    TaskStats.Agent known = new TaskStats.Agent(there.size() - completed(), completed());
    TaskStats.Agent none = new TaskStats.Agent(0, 0);
    requireSame(known, tasks.stats().byAgent().getOrDefault(agent, none), "stats");
  }

  private void require(List<Task> found, String where) {
    List<Task> sorted = found.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
    requireSame(List.copyOf(there.values()), sorted, where);
  }

  private void requireSame(Object known, Object told, String where) {
    if (!Objects.equals(known, told)) {
      throw new IllegalStateException(
          "%s of %s is%n%s%n and not%n%s".formatted(where, agent, told, known));
    }
  }
}
