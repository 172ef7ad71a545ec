package dev.tiercel.cache;

/** A loader took longer than its hard time-out. It goes on, and what it finds may be cached. */
public final class CacheTimeoutException extends CacheLoadException {
  private static final long serialVersionUID = 1L;

  CacheTimeoutException(String message) {
    super(message, null);
  }
}
