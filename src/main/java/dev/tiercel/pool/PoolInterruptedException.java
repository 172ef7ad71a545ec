package dev.tiercel.pool;

/** The thread was interrupted while it waited for an object. Its interrupt flag is set again. */
public final class PoolInterruptedException extends PoolException {
  private static final long serialVersionUID = 1L;

  PoolInterruptedException(String pool) {
    super("interrupted while waiting for an object of the pool '" + pool + "'", null);
  }
}
