package dev.tiercel.task;

import org.jspecify.annotations.Nullable;

/**
 * What lies at the path cannot be opened as it is: a folder, a database of a newer version, a
 * legacy or unknown table without the switch that converts it, a file system without write-ahead
 * logging. The file is untouched; the message names the remedy.
 */
public class UnsupportedDatabaseException extends TaskRepositoryException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   * @param cause what was caught below, or null
   */
  public UnsupportedDatabaseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   */
  public UnsupportedDatabaseException(String message) {
    super(message, null);
  }
}
