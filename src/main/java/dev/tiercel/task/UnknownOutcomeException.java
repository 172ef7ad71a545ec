package dev.tiercel.task;

import org.jspecify.annotations.Nullable;

/**
 * The commit failed in a way that leaves open whether the write survived (a failed {@code fsync},
 * for example). Read before trying again: the write may be there.
 */
public class UnknownOutcomeException extends TaskRepositoryException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   * @param cause what was caught below, or null
   */
  public UnknownOutcomeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   */
  public UnknownOutcomeException(String message) {
    super(message, null);
  }
}
