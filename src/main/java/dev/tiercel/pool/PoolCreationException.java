package dev.tiercel.pool;

import org.jspecify.annotations.Nullable;

/**
 * The factory threw, which is the cause, or returned null. Only the caller for whom the object was
 * to be made hears of it; the next one tries again.
 */
public final class PoolCreationException extends PoolException {
  private static final long serialVersionUID = 1L;

  PoolCreationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
