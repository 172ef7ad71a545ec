package dev.tiercel.pool;

/** All objects were leased, and none came back in the time that the caller would wait. */
public final class PoolExhaustedException extends PoolException {
  private static final long serialVersionUID = 1L;

  PoolExhaustedException(String message) {
    super(message, null);
  }
}
