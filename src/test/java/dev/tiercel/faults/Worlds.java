package dev.tiercel.faults;

import dev.tiercel.task.Task;
import dev.tiercel.task.TaskStatus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a database may hold, going by what its writers were told: one state, or several after a
 * write of which nobody knows what became. Used by one thread.
 */
final class Worlds {
  private Set<Map<String, Seen>> possible = Set.of(Map.of());
  private boolean decided = true;

  /** What of a task can be foretold. */
  record Seen(
      String id,
      String title,
      int priority,
      long version,
      String agent,
      TaskStatus status,
      int described) {
    static Seen of(Task task) {
      return new Seen(
          task.id(),
          task.title(),
          task.priority(),
          task.version(),
          String.valueOf(task.assignedAgentId()),
          task.status(),
          String.valueOf(task.description()).hashCode());
    }

    static List<Seen> of(List<Task> tasks) {
      return tasks.stream().map(Seen::of).toList();
    }

    Seen retitled(String newTitle) {
      return new Seen(id, newTitle, priority, version + 1, agent, status, described);
    }

    Seen as(String newAgent, TaskStatus newStatus) {
      return new Seen(id, title, priority, version + 1, newAgent, newStatus, described);
    }
  }

  /** What a write makes of what there is. */
  interface Change {
    /** Changes the tasks; false if it cannot have been like that. */
    boolean in(Map<String, Seen> tasks);
  }

  /** A write was acknowledged; true if that can be. */
  boolean happened(Change change) {
    Set<Map<String, Seen>> changed = after(change);
    // A write that changes nothing writes nothing, and so decides nothing.
    decided |= changed.stream().noneMatch(possible::contains);
    possible = changed;
    return !possible.isEmpty();
  }

  /** Of a write it was said that its outcome is unknown. */
  void mayHaveHappened(Change change) {
    Set<Map<String, Seen>> both = new LinkedHashSet<>(possible);
    both.addAll(after(change));
    possible = both;
    // Until the next commit takes its place in the log, what is not read may come back at a
    // restart.
    decided = false;
  }

  private Set<Map<String, Seen>> after(Change change) {
    Set<Map<String, Seen>> changed = new LinkedHashSet<>();
    for (Map<String, Seen> world : possible) {
      Map<String, Seen> next = new TreeMap<>(world);
      if (change.in(next)) {
        changed.add(next);
      }
    }
    return changed;
  }

  /** The database was opened again: what is read from now on is so. */
  void reopened() {
    decided = true;
  }

  /** An answer was read; true if that can be. */
  boolean explain(Predicate<Map<String, Seen>> answer) {
    List<Map<String, Seen>> matching = new ArrayList<>();
    for (Map<String, Seen> world : possible) {
      if (answer.test(world)) {
        matching.add(world);
      }
    }
    if (decided && !matching.isEmpty()) {
      possible = Set.copyOf(matching);
    }
    return !matching.isEmpty();
  }

  @Override
  public String toString() {
    return possible.toString();
  }
}
