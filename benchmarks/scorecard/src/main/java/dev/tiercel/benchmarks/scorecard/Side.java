package dev.tiercel.benchmarks.scorecard;

import dev.tiercel.task.Task;
import java.util.List;
import java.util.Optional;

/** What every repository is asked to do, so that the same work can be run on each. */
public interface Side extends AutoCloseable {
  /**
   * What it is called.
   *
   * @return its name
   */
  String name();

  /**
   * A task.
   *
   * @param id its id
   * @return the task, or empty if there is none
   */
  Optional<Task> findById(String id);

  /**
   * An agent's newest tasks.
   *
   * @param agent the agent
   * @param limit how many at most
   * @return the tasks, newest first
   */
  List<Task> findByAgent(String agent, int limit);

  /**
   * What nobody holds.
   *
   * @param limit how many at most
   * @return the tasks, most urgent first
   */
  List<Task> findPending(int limit);

  /**
   * The newest tasks.
   *
   * @param limit how many at most
   * @return the tasks, newest first
   */
  List<Task> findAll(int limit);

  /**
   * Counts an agent's tasks.
   *
   * @param agent the agent
   * @return how many there are
   */
  long countOfAgent(String agent);

  /**
   * Adds a task.
   *
   * @param task the task
   * @return the task as it is stored
   */
  Task add(Task task);

  /**
   * Stores a task that is there already.
   *
   * @param task the task
   * @return the task as it is stored
   */
  Task save(Task task);

  /**
   * Goes through every task, newest first, the way this side does it.
   *
   * @return how many there were
   */
  long listEverything();

  @Override
  void close();
}
