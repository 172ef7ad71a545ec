package dev.tiercel.task;

import org.jspecify.annotations.Nullable;

/**
 * A task's own rules forbid the change: assigning or unassigning a completed task, completing one
 * that nobody holds. The message names the task and its state.
 */
public class TaskStateException extends TaskRepositoryException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   * @param cause what was caught below, or null
   */
  public TaskStateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   */
  public TaskStateException(String message) {
    super(message, null);
  }
}
