package dev.tiercel.resource;

import dev.tiercel.resource.CloseReport.Entry;

/**
 * Closing a resource failed with a checked exception, or took longer than the time limit; the cause
 * is that exception or a {@link java.util.concurrent.TimeoutException}.
 */
public final class ResourceCloseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ResourceCloseException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Throws the first failure, if there is one, with the others suppressed. */
  static void throwFirst(CloseReport report) {
    Throwable first = null;
    Throwable thrown = null;
    for (Entry entry : report.entries()) {
      Throwable failure = entry.failure();
      if (failure == null) {
        continue;
      }
      if (thrown == null) {
        first = failure;
        thrown = unchecked(entry, failure);
      } else if (failure != first) {
        // A throwable that suppresses itself is refused.
        thrown.addSuppressed(failure);
      }
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private static Throwable unchecked(Entry entry, Throwable failure) {
    return failure instanceof RuntimeException || failure instanceof Error
        ? failure
        : new ResourceCloseException("closing '" + entry.name() + "' failed: " + failure, failure);
  }
}
