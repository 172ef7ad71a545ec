package dev.tiercel.task;

import org.jspecify.annotations.Nullable;

/**
 * A value was refused before anything was read or written: a task's field out of its range, a
 * limit, a page, a lease time, or a cursor that belongs to another query or was tampered with.
 */
public class InvalidValueException extends TaskRepositoryException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   * @param cause what was caught below, or null
   */
  public InvalidValueException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   */
  public InvalidValueException(String message) {
    super(message, null);
  }
}
