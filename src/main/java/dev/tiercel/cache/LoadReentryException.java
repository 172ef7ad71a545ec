package dev.tiercel.cache;

/** A loader asked, on its own thread, for the very key that it is to load. */
public final class LoadReentryException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final transient Object key;

  LoadReentryException(Object key) {
    super("the loader of key " + key + " asks the cache for the same key; compute it instead");
    this.key = key;
  }

  /**
   * The key.
   *
   * @return the object by which it was asked for
   */
  public Object key() {
    return key;
  }
}
