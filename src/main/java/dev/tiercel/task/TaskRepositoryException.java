package dev.tiercel.task;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that a {@link TaskRepository} throws on purpose.
 *
 * <p>Circumstances with a class of their own: {@link InvalidValueException}, {@link
 * TaskStateException}, {@link DuplicateTaskException}, {@link StaleTaskException}, {@link
 * RepositoryBusyException}, {@link RepositoryFullException}, {@link RepositoryReadOnlyException},
 * {@link RepositoryCorruptException}, {@link RepositoryClosedException}, {@link
 * UnsupportedDatabaseException}, {@link UnknownOutcomeException}. The root itself is thrown when a
 * waiting thread was interrupted (its interrupt flag is set again, nothing was written), and for
 * failures of the driver that fit none of these (the cause says which). Unless it is an {@link
 * UnknownOutcomeException}, nothing of the failed call was written.
 */
public class TaskRepositoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened, with the value and the remedy
   * @param cause what was caught below, or null
   */
  public TaskRepositoryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
