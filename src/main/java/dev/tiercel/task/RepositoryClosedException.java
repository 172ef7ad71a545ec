package dev.tiercel.task;

import org.jspecify.annotations.Nullable;

/**
 * The repository was closed before the call, or while it waited. Nothing of the call was written.
 */
public class RepositoryClosedException extends TaskRepositoryException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   * @param cause what was caught below, or null
   */
  public RepositoryClosedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   */
  public RepositoryClosedException(String message) {
    super(message, null);
  }
}
