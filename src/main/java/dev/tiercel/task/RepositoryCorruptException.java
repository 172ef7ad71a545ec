package dev.tiercel.task;

import org.jspecify.annotations.Nullable;

/** The file is no database, or its content is damaged. Restore a backup. */
public class RepositoryCorruptException extends TaskRepositoryException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   * @param cause what was caught below, or null
   */
  public RepositoryCorruptException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   */
  public RepositoryCorruptException(String message) {
    super(message, null);
  }
}
