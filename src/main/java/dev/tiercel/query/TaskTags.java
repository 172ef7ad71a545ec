package dev.tiercel.query;

import dev.tiercel.cache.Tag;
import dev.tiercel.cache.Tags;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskStatus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What ties the answers of a {@link QueryCache} to the tasks that they show.
 *
 * <p>A task carries {@code task:<id>}, {@code status:<STATUS>}, {@code agent:<agent>} if it has
 * one, and {@code tasks}. A write touches the tags of the task as it was and as it is. An answer
 * depends on one of them, the one that the fewest writes touch: an agent's listing on the agent,
 * any other on its statuses, or on {@code tasks} if it takes them all. A task enters or leaves a
 * listing, or moves within it, only by a write that touches that tag before or after. So what a
 * write leaves cached is what it cannot have changed.
 */
public final class TaskTags {
  /** All tasks there are. */
  static final Tag TASKS = Tag.of("tasks");

  /** Any answer of a repository whose writes have to be announced before they are known. */
  static final Tag ANY_ANSWER = Tag.of("repository");

  private static final int STATUSES = TaskStatus.values().length;

  private TaskTags() {}

  /**
   * The tags that a write to one row touches, for {@link dev.tiercel.cache.Ledger#durable
   * Ledger.durable}: {@code Ledger.durable(row -> TaskTags.of(row.before(), row.after()))}.
   * Thread-safe.
   *
   * @param before the row as it was, or null if it was inserted
   * @param after the row as it is, or null if it was deleted
   * @return the tags, each once; empty if neither is a {@link Task}
   */
  public static Set<Tag> of(@Nullable Record before, @Nullable Record after) {
    Set<Tag> tags = new LinkedHashSet<>();
    add(before, tags);
    add(after, tags);
    return tags;
  }

  private static void add(@Nullable Record row, Set<Tag> tags) {
    if (row instanceof Task task) {
      tags.add(TASKS);
      tags.add(task(task.id()));
      tags.add(status(task.status()));
      String agent = task.assignedAgentId();
      if (agent != null) {
        tags.add(agent(agent));
      }
    }
  }

  /** What the answer to a query depends on, whatever its page. */
  static Tags of(TaskQuery query) {
    String agent = query.agent();
    if (agent != null) {
      return agent(agent);
    }
    if (query.statuses().size() == STATUSES) {
      return TASKS;
    }
    List<Tag> statuses = new ArrayList<>();
    for (TaskStatus status : query.statuses()) {
      statuses.add(status(status));
    }
    return Tags.of(statuses);
  }

  static Tag task(String id) {
    return Tag.of("task", id);
  }

  private static Tag agent(String agent) {
    return Tag.of("agent", agent);
  }

  private static Tag status(TaskStatus status) {
    return Tag.of("status", status.name());
  }
}
