package dev.tiercel.async;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A call found no place: too many wait already, too many streams are open, the executor refused it,
 * no alarm could be set for its deadline, or {@link AsyncCalls} is closed. The message names the
 * bound and the remedy. The call was never begun, except one that {@link AsyncCalls#close}
 * interrupted, of which the message says so.
 */
public class AsyncRejectedException extends RejectedExecutionException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened, with the bound and the remedy
   * @param cause what was caught below, or null
   */
  public AsyncRejectedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
