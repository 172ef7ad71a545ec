package dev.tiercel.task;

import org.jspecify.annotations.Nullable;

/**
 * What the caller holds is outdated: the task was changed or deleted since it was read, or its
 * lease was taken over. Nothing was written; read the task again and decide anew.
 */
public class StaleTaskException extends TaskRepositoryException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   * @param cause what was caught below, or null
   */
  public StaleTaskException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   */
  public StaleTaskException(String message) {
    super(message, null);
  }
}
