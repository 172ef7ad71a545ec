package dev.tiercel.task;

import org.jspecify.annotations.Nullable;

/** The database file or its folder cannot be written. Nothing was written. */
public class RepositoryReadOnlyException extends TaskRepositoryException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   * @param cause what was caught below, or null
   */
  public RepositoryReadOnlyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   */
  public RepositoryReadOnlyException(String message) {
    super(message, null);
  }
}
