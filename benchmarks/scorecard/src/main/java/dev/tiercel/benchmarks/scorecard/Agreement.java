package dev.tiercel.benchmarks.scorecard;

import dev.tiercel.task.Task;
import java.util.Arrays;
import java.util.List;

/** Makes sure that both sides give the same answers, before anybody is called faster. */
final class Agreement {
  private static final int AGENTS = 20;
  private static final int POINTS = 500;

  private Agreement() {}

  static void check(Side naive, Side tiercel, Sample sample) {
    for (String agent : sample.agents().subList(0, Math.min(AGENTS, sample.agents().size()))) {
      same(
          "findByAgent(" + agent + ", 50)",
          ids(naive.findByAgent(agent, 50)),
          ids(tiercel.findByAgent(agent, 50)));
      same("count of " + agent, naive.countOfAgent(agent), tiercel.countOfAgent(agent));
    }
    for (int limit : new int[] {1, 50, 2_000}) {
      same(
          "findPending(" + limit + ")",
          ids(naive.findPending(limit)),
          ids(tiercel.findPending(limit)));
      same("findAll(" + limit + ")", ids(naive.findAll(limit)), ids(tiercel.findAll(limit)));
    }
    for (String id : sample.ids().subList(0, Math.min(POINTS, sample.ids().size()))) {
      same(
          "findById(" + id + ")",
          legacyFields(naive.findById(id).orElseThrow()),
          legacyFields(tiercel.findById(id).orElseThrow()));
    }
  }

  private static List<String> ids(List<Task> tasks) {
    return tasks.stream().map(Task::id).toList();
  }

  private static List<Object> legacyFields(Task task) {
    return Arrays.asList(
        task.id(),
        task.title(),
        task.description(),
        task.assignedAgentId(),
        task.createdAt(),
        task.assignedAt(),
        task.completedAt(),
        task.priority());
  }

  private static void same(String what, Object naive, Object tiercel) {
    if (!naive.equals(tiercel)) {
      throw new IllegalStateException(
          "the answers to %s differ%n  naive:   %s%n  Tiercel: %s".formatted(what, naive, tiercel));
    }
  }
}
