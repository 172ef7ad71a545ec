package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.benchmarks.scorecard.Side;
import dev.tiercel.task.Task;
import java.time.Instant;

/** What an application writes. */
sealed interface Write extends Operation {
  String id();

  /** Writes it; as an application does, it reads the task first. */
  void to(Side side);

  /** The row that it leaves. */
  Row after(Row before);

  private static Task read(Side side, String id) {
    return side.findById(id).orElseThrow();
  }

  /** Another title. */
  record Retitle(String id, String title) implements Write {
    @Override
    public void to(Side side) {
      side.save(read(side, id).withTitle(title));
    }

    @Override
    public Row after(Row before) {
      return before;
    }
  }

  /** A pending task goes to an agent. */
  record Assign(String id, String agent, Instant at) implements Write {
    @Override
    public void to(Side side) {
      side.save(read(side, id).assignedTo(agent, at));
    }

    @Override
    public Row after(Row before) {
      return before.withAgent(agent);
    }
  }

  /** An assigned task is done. */
  record Complete(String id, Instant at) implements Write {
    @Override
    public void to(Side side) {
      side.save(read(side, id).completed(at));
    }

    @Override
    public Row after(Row before) {
      return before.withCompleted();
    }
  }

  /** A new, pending task. */
  record Add(Row row) implements Write {
    @Override
    public String id() {
      return row.id();
    }

    @Override
    public void to(Side side) {
      side.add(
          Task.titled("Added while it was measured")
              .withId(row.id())
              .withPriority(row.priority())
              .withCreatedAt(row.created()));
    }

    @Override
    public Row after(Row before) {
      return row;
    }
  }
}
