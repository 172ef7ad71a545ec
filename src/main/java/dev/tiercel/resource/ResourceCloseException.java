package dev.tiercel.resource;

/** Closing a resource failed with a checked exception, or took longer than the time limit. */
public final class ResourceCloseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ResourceCloseException(String message, Throwable cause) {
    super(message, cause);
  }
}
