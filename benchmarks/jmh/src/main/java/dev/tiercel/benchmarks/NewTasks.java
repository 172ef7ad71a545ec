package dev.tiercel.benchmarks;

import dev.tiercel.benchmarks.scorecard.GeneratedTasks;
import dev.tiercel.task.Task;
import java.util.List;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Pending tasks that nobody has stored yet, of the usual lengths. */
@State(Scope.Thread)
public class NewTasks {
  private final List<Task> models = GeneratedTasks.stream(1_024).toList();
  private int next;

  Task next() {
    Task model = models.get((next++ & Integer.MAX_VALUE) % models.size());
    return Task.titled(model.title())
        .withDescription(model.description())
        .withPriority(model.priority());
  }
}
