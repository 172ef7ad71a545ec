package dev.tiercel.pool;

/** The pool is closed, or was closed while the caller waited. */
public final class PoolClosedException extends PoolException {
  private static final long serialVersionUID = 1L;

  PoolClosedException(String pool) {
    super("the pool '" + pool + "' is closed", null);
  }
}
