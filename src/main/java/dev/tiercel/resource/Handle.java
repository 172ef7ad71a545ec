package dev.tiercel.resource;

/** One registration with a {@link ResourceManager}. Safe for use by any number of threads. */
public interface Handle {
  /**
   * Closes the resource now, on this thread, unless that was done or begun before.
   *
   * @throws ResourceCloseException if closing fails with a checked exception; unchecked ones and
   *     errors are thrown as they are
   */
  void closeNow();

  /**
   * Takes the resource out of the manager, which will not close it any more.
   *
   * @return whether it was still registered; if not, it is closed or being closed
   */
  boolean detach();
}
