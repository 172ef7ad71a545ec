package dev.tiercel.benchmarks.scorecard;

import dev.tiercel.task.Task;
import java.util.List;
import java.util.Optional;

/** What both repositories are asked to do, so that the same work can be run on either. */
interface Side extends AutoCloseable {
  String name();

  Optional<Task> findById(String id);

  List<Task> findByAgent(String agent, int limit);

  List<Task> findPending(int limit);

  List<Task> findAll(int limit);

  long countOfAgent(String agent);

  Task add(Task task);

  Task save(Task task);

  /** Goes through every task, newest first, the way this side does it; says how many there were. */
  long listEverything();

  @Override
  void close();
}
