package dev.tiercel.benchmarks.scorecard;

import dev.tiercel.Tiercel;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tiercel as an application uses it: opened once, kept open. */
public final class TiercelSide implements Side {
  private final String name;
  private final Tiercel tiercel;
  private final TaskRepository tasks;

  /** Opens a database with the defaults, and without a cache. */
  TiercelSide(Path file) {
    this("Tiercel", Tiercel.builder(file).durability(Durability.FULL).uncached().build());
  }

  /**
   * Over a stack that is open.
   *
   * @param name what it is called
   * @param tiercel the stack, closed with this side
   */
  public TiercelSide(String name, Tiercel tiercel) {
    this.name = name;
    this.tiercel = tiercel;
    this.tasks = tiercel.tasks();
  }

  @Override
  public String name() {
    return name;
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
