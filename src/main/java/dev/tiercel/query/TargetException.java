package dev.tiercel.query;

/** Carries what a target threw through the cache, to be thrown on as it was. */
final class TargetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Throwable thrown;

  TargetException(Throwable thrown) {
    super(null, thrown, false, false);
    this.thrown = thrown;
  }

  Throwable thrown() {
    return thrown;
  }
}
