package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.task.Task;
import dev.tiercel.task.TaskRepository;
import java.time.Instant;

/** What an application writes. */
sealed interface Write extends Operation {
  String id();

  /** Writes it; as an application does, it reads the task first. */
  void to(TaskRepository tasks);

  /** The row that it leaves. */
  Row after(Row before);

  private static Task read(TaskRepository tasks, String id) {
    return tasks.findById(id).orElseThrow();
  }

  /** Another title. */
  record Retitle(String id, String title) implements Write {
    @Override
    public void to(TaskRepository tasks) {
      tasks.save(read(tasks, id).withTitle(title));
    }

    @Override
    public Row after(Row before) {
      return before;
    }
  }

  /** A pending task goes to an agent. */
  record Assign(String id, String agent, Instant at) implements Write {
    @Override
    public void to(TaskRepository tasks) {
      tasks.save(read(tasks, id).assignedTo(agent, at));
    }

    @Override
    public Row after(Row before) {
      return before.withAgent(agent);
    }
  }

  /** An assigned task is done. */
  record Complete(String id, Instant at) implements Write {
    @Override
    public void to(TaskRepository tasks) {
      tasks.save(read(tasks, id).completed(at));
    }

    @Override
    public Row after(Row before) {
      return before;
    }
  }

  /** A new, pending task. */
  record Add(Row row) implements Write {
    @Override
    public String id() {
      return row.id();
    }

    @Override
    public void to(TaskRepository tasks) {
      tasks.add(
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
