package dev.tiercel.task;

import org.jspecify.annotations.Nullable;

/**
 * The disk, or the database's size limit, is full. Nothing of the call was written; it succeeds
 * again once there is room.
 */
public class RepositoryFullException extends TaskRepositoryException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   * @param cause what was caught below, or null
   */
  public RepositoryFullException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   */
  public RepositoryFullException(String message) {
    super(message, null);
  }
}
