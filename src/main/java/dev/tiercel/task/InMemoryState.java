package dev.tiercel.task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All tasks, and the last lease number drawn. */
record InMemoryState(Map<String, Task> tasks, long lastLease) {
  InMemoryState copy() {
    return new InMemoryState(new HashMap<>(tasks), lastLease);
  }

  List<Task> listed(TaskQuery query) {
    return tasks.values().stream()
        .filter(query::matches)
        .sorted(query.order().comparator())
        .toList();
  }

  /** The tasks behind a place, in the order of the walk. */
  List<Task> behind(TaskQuery query, @Nullable Cursor place) {
    List<Task> all = new ArrayList<>(listed(query));
    if (place == null) {
      return all;
    }
    Task at =
        Task.titled("place")
            .withId(place.id())
            .withCreatedAt(place.createdAt())
            .withPriority(place.priority());
    Comparator<Task> order = query.order().comparator();
    if (place.backward()) {
      order = order.reversed();
      Collections.reverse(all);
    }
    Comparator<Task> walk = order;
    all.removeIf(task -> walk.compare(task, at) <= 0);
    return all;
  }
}
