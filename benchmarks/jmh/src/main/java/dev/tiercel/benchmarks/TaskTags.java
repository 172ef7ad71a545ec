package dev.tiercel.benchmarks;

import dev.tiercel.cache.Tag;
import dev.tiercel.sqlite.RowChange;
import dev.tiercel.task.Task;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a changed task voids: itself, its agent's and its status's listings, and all listings. */
public final class TaskTags {
  private static final Tag ALL = Tag.of("tasks");

  private TaskTags() {}

  /**
   * The tags of a row before and after.
   *
   * @param change the change
   * @return the tags, each once
   */
  public static Set<Tag> of(RowChange change) {
    Set<Tag> tags = new LinkedHashSet<>();
    tags.add(ALL);
    add(tags, (Task) change.before());
    add(tags, (Task) change.after());
    return tags;
  }

  private static void add(Set<Tag> tags, Task task) {
    if (task != null) {
      tags.add(Tag.of("task", task.id()));
      tags.add(Tag.of("status", task.status().name()));
      if (task.assignedAgentId() != null) {
        tags.add(Tag.of("agent", task.assignedAgentId()));
      }
    }
  }
}
