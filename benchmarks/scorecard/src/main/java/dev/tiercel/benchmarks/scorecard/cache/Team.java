package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.benchmarks.scorecard.GeneratedTasks;
import dev.tiercel.task.Task;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The generated tasks in the hands of more agents, since a cache has it easy with few lists: who
 * holds many tasks is asked for often.
 */
final class Team {
  static final int TASKS = 100_000;
  static final int AGENTS = 1_000;
  private static final long SEED = 3;

  private final Zipf agents = new Zipf(AGENTS, new Random(SEED));
  private final Zipf popular = new Zipf(TASKS, new Random(SEED));
  private final List<Row> rows = tasks().map(Row::of).toList();

  /** An agent, the busiest most often. */
  String agent(Random random) {
    return "agent-" + agents.next(random);
  }

  /** The place of a task among the rows, that of the most popular most often. */
  int popular(Random random) {
    return popular.next(random);
  }

  /** The tasks, as far as it decides what can be asked and written. */
  List<Row> rows() {
    return rows;
  }

  /** The tasks, the same at every call. */
  Stream<Task> tasks() {
    Random random = new Random(SEED);
    return GeneratedTasks.stream(TASKS).map(task -> heldByOneOf(task, random));
  }

  private Task heldByOneOf(Task task, Random random) {
    return task.assignedAgentId() == null
        ? task
        : new Task(
            task.id(),
            task.title(),
            task.description(),
            agent(random),
            task.createdAt(),
            task.assignedAt(),
            task.completedAt(),
            task.priority(),
            task.updatedAt(),
            task.version(),
            task.lease(),
            task.leaseExpiresAt());
  }
}
