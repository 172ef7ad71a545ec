package dev.tiercel.cache;

import org.jspecify.annotations.Nullable;

/** A value could not be loaded; the cause is what the loader threw. */
public class CacheLoadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure.
   *
   * @param message what failed
   * @param cause what the loader threw, or null
   */
  public CacheLoadException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
