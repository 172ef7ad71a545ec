package dev.tiercel.task;

import org.jspecify.annotations.Nullable;

/**
 * The repository could not be reached in time: another process held the write lock, every
 * connection was in use, or a snapshot outlived its time limit. Nothing was written; trying again
 * later is safe.
 */
public class RepositoryBusyException extends TaskRepositoryException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   * @param cause what was caught below, or null
   */
  public RepositoryBusyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   */
  public RepositoryBusyException(String message) {
    super(message, null);
  }
}
