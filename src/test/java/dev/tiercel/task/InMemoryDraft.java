package dev.tiercel.task;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a write works on. */
final class InMemoryDraft {
  InMemoryState state;
  List<TaskChange> changes = new ArrayList<>();

  InMemoryDraft(InMemoryState state) {
    this.state = state;
  }

  @Nullable Task get(String id) {
    return state.tasks().get(id);
  }

  Task put(Task after) {
    changes.add(new TaskChange(state.tasks().put(after.id(), after), after));
    return after;
  }

  void remove(Task before) {
    state.tasks().remove(before.id());
    changes.add(new TaskChange(before, null));
  }
}
