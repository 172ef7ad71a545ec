package dev.tiercel.store;

import dev.tiercel.task.TaskOrder;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * One ordered walk along an index: the tasks of one status, or of one agent in one status. A
 * listing is one arm, or several that SQLite merges.
 *
 * @param index the name of the index
 * @param predicate the index's own predicate, which must stand in the query to the letter, and the
 *     agent's parameter
 * @param bindsAgent whether the predicate has a parameter for the agent
 */
record Arm(String index, String predicate, boolean bindsAgent) {

  /** The arms of a query; none if no task can match. */
  static List<Arm> of(TaskQuery query) {
    List<Arm> arms = new ArrayList<>();
    for (TaskStatus status : TaskStatus.values()) {
      if (query.statuses().contains(status)
          && !(query.agent() != null && status == TaskStatus.PENDING)) {
        arms.add(of(status, query.order(), query.agent() != null));
      }
    }
    return arms;
  }

  static Arm of(TaskStatus status, TaskOrder order, boolean ofAgent) {
    String walk = order == TaskOrder.URGENT_FIRST ? "_urgent" : "_newest";
    return switch (status) {
      case PENDING ->
          new Arm(
              "tasks_pending" + walk, "assigned_agent_id IS NULL AND completed_at IS NULL", false);
      case ASSIGNED ->
          ofAgent
              ? new Arm(
                  "tasks_agent_assigned" + walk,
                  "assigned_agent_id = ? AND assigned_agent_id IS NOT NULL AND completed_at IS NULL",
                  true)
              : new Arm(
                  "tasks_assigned" + walk,
                  "assigned_agent_id IS NOT NULL AND completed_at IS NULL",
                  false);
      case COMPLETED ->
          ofAgent
              ? new Arm(
                  "tasks_agent_completed" + walk,
                  "assigned_agent_id = ? AND assigned_agent_id IS NOT NULL"
                      + " AND completed_at IS NOT NULL",
                  true)
              : new Arm("tasks_completed" + walk, "completed_at IS NOT NULL", false);
    };
  }
}
