package dev.tiercel;

import dev.tiercel.store.SqliteTaskRepository;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskRepositoryException;
import java.nio.file.Path;

/**
 * The whole stack behind one door: opens it, hands out its parts, closes it.
 *
 * <p>Safe for use by any number of threads. One object per database and process is enough, and
 * cheapest; it is kept open as long as the application runs.
 *
 * <pre>{@code
 * try (Tiercel tiercel = Tiercel.open(Path.of("tasks.db"))) {
 *   Task report = tiercel.tasks().save(Task.titled("Write the report").assignedTo("agent-7"));
 * }
 * }</pre>
 */
public final class Tiercel implements AutoCloseable {
  private final SqliteTaskRepository tasks;

  Tiercel(SqliteTaskRepository tasks) {
    this.tasks = tasks;
  }

  /**
   * Opens a database with the defaults.
   *
   * @param file the database file; created if it does not exist, its folder must
   * @return the open stack, to be closed by the caller
   * @throws TaskRepositoryException if it cannot be opened; nothing stays open
   */
  public static Tiercel open(Path file) {
    return builder(file).build();
  }

  /**
   * Starts the description of a stack.
   *
   * @param file the database file; created if it does not exist, its folder must
   * @return a builder with the defaults set
   */
  public static TiercelBuilder builder(Path file) {
    return new TiercelBuilder(file);
  }

  /**
   * The repository.
   *
   * @return always the same object
   */
  public TaskRepository tasks() {
    return tasks;
  }

  /**
   * Writes a consistent, compact copy of the database while readers and writers go on. To restore
   * it, close Tiercel, put the copy in place of the database file, and delete the files of the same
   * name that end in {@code -wal} and {@code -shm}.
   *
   * @param target the file to make; must not exist
   * @throws TaskRepositoryException if the copy cannot be made; the target does not exist then
   */
  public void backup(Path target) {
    tasks.backup(target);
  }

  /**
   * Closes everything in order: the writes under way are committed, those queued behind them are
   * refused, reads under way are awaited for the busy timeout. Closing again does nothing.
   *
   * @throws IllegalStateException if called inside {@link TaskRepository#inTransaction}
   */
  @Override
  public void close() {
    tasks.close();
  }
}
