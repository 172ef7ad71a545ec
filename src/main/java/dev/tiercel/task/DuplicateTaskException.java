package dev.tiercel.task;

import org.jspecify.annotations.Nullable;

/** {@link TaskRepository#add} met a task with the same id; the stored one is untouched. */
public class DuplicateTaskException extends TaskRepositoryException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   * @param cause what was caught below, or null
   */
  public DuplicateTaskException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   */
  public DuplicateTaskException(String message) {
    super(message, null);
  }
}
