package dev.tiercel.benchmarks.scorecard;

import dev.tiercel.Tiercel;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tiercel as an application uses it: opened once with its defaults, kept open. */
final class TiercelSide implements Side {
  private final Tiercel tiercel;
  private final TaskRepository tasks;

  TiercelSide(Path file) {
    tiercel = Tiercel.builder(file).durability(Durability.FULL).uncached().build();
    tasks = tiercel.tasks();
  }

  @Override
  public String name() {
    return "Tiercel";
  }

  @Override
  public Optional<Task> findById(String id) {
    return tasks.findById(id);
  }

  @Override
  public List<Task> findByAgent(String agent, int limit) {
    return tasks.findByAgent(agent, limit);
  }

  @Override
  public List<Task> findPending(int limit) {
    return tasks.findPending(limit);
  }

  @Override
  public List<Task> findAll(int limit) {
    return tasks.findAll(limit);
  }

  @Override
  public long countOfAgent(String agent) {
    return tasks.count(TaskQuery.forAgent(agent));
  }

  @Override
  public Task add(Task task) {
    return tasks.add(task);
  }

  @Override
  public Task save(Task task) {
    return tasks.save(task);
  }

  @Override
  public long listEverything() {
    return tasks.<Long>stream(
        TaskQuery.all(), all -> all.filter(task -> !task.title().isEmpty()).count());
  }

  @Override
  public void close() {
    tiercel.close();
  }
}
