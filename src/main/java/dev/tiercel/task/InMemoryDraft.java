package dev.tiercel.task;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a write works on: a copy of everything, and what it has changed so far. By one thread. */
final class InMemoryDraft {
  private InMemoryState state;
  private List<TaskChange> changes = new ArrayList<>();
  private Instant now;

  InMemoryDraft(InMemoryState committed, Instant now) {
    this.state = committed.copy();
    this.now = now;
  }

  /** Begins a further write, at its own time. */
  InMemoryDraft at(Instant time) {
    now = time;
    return this;
  }

  InMemoryState state() {
    return state;
  }

  List<TaskChange> changes() {
    return changes;
  }

  /** The time of the write. */
  Instant now() {
    return now;
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

  /** Draws the number of a lease. */
  long nextLease() {
    long drawn = state.lastLease() + 1;
    state = new InMemoryState(state.tasks(), drawn);
    return drawn;
  }

  /** What there is now, to come back to. */
  Runnable savepoint() {
    InMemoryState then = state.copy();
    List<TaskChange> known = new ArrayList<>(changes);
    return () -> {
      state = then;
      changes = known;
    };
  }
}
