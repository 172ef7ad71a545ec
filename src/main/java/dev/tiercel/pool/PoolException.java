package dev.tiercel.pool;

import org.jspecify.annotations.Nullable;

/**
 * The root of what a pool throws: it {@linkplain PoolExhaustedException has nothing left}, it
 * {@linkplain PoolClosedException is closed}, an object {@linkplain PoolCreationException could not
 * be made}, or the waiting thread {@linkplain PoolInterruptedException was interrupted}.
 */
public abstract sealed class PoolException extends RuntimeException
    permits PoolExhaustedException,
        PoolClosedException,
        PoolCreationException,
        PoolInterruptedException {
  private static final long serialVersionUID = 1L;

  PoolException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
