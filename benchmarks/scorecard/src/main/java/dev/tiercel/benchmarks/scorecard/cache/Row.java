package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.task.Task;
import java.time.Instant;
import java.util.Comparator;

/**
 * What decides in which lists a task stands, and where, and what can become of it.
 *
 * @param id its id
 * @param agent who holds it, or null
 * @param priority how urgent it is
 * @param created when it was made
 * @param completed whether it is done
 */
record Row(String id, String agent, int priority, Instant created, boolean completed) {
  static final Comparator<Row> NEWEST_FIRST =
      Comparator.comparing(Row::created).thenComparing(Row::id).reversed();
  static final Comparator<Row> URGENT_FIRST =
      Comparator.comparing(Row::priority)
          .reversed()
          .thenComparing(Row::created)
          .thenComparing(Row::id);

  static Row of(Task task) {
    return new Row(
        task.id(),
        task.assignedAgentId(),
        task.priority(),
        task.createdAt(),
        task.completedAt() != null);
  }

  Row withAgent(String other) {
    return new Row(id, other, priority, created, completed);
  }

  Row withCompleted() {
    return new Row(id, agent, priority, created, true);
  }
}
