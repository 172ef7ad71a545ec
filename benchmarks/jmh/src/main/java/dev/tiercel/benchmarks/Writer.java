package dev.tiercel.benchmarks;

import dev.tiercel.task.Task;
import java.sql.SQLException;

/** Stores tasks and takes them to work on. Used by any number of threads. */
interface Writer extends AutoCloseable {
  String AGENT = DbScheduler.AGENT;

  /** Stores a new task durably. */
  void add(Task task) throws SQLException;

  /** Takes so many of the most urgent tasks; those that others snatch away it makes up for. */
  int claim(int n) throws SQLException;

  @Override
  void close() throws SQLException;
}
