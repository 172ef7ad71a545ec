package dev.tiercel.task;

import java.util.Map;

/**
 * How many tasks there are, by status and by agent, at one moment.
 *
 * @param pending tasks that nobody holds
 * @param assigned tasks that an agent holds
 * @param completed tasks that are completed
 * @param byAgent what each agent holds and has completed; agents without a task are missing;
 *     immutable
 */
public record TaskStats(long pending, long assigned, long completed, Map<String, Agent> byAgent) {

  /** Creates the counts; the map is copied unless it is immutable already. */
  public TaskStats {
    byAgent = Map.copyOf(byAgent);
  }

  /**
   * How many tasks there are in all.
   *
   * @return the sum over the statuses
   */
  public long total() {
    return pending + assigned + completed;
  }

  /**
   * One agent's tasks.
   *
   * @param assigned what the agent holds
   * @param completed what the agent has completed
   */
  public record Agent(long assigned, long completed) {}
}
