package dev.tiercel.resource;

/** One registration with a {@link ResourceManager}. Safe for use by any number of threads. */
public interface Handle {
  /**
   * Closes the resource now, unless it is closed or detached already. If another thread is closing
   * it, waits for that, as {@link ResourceManager#close} does. The manager's report leaves out what
   * was closed this way.
   *
   * @throws ResourceCloseException if closing failed with a checked exception or took too long;
   *     unchecked exceptions and errors are thrown as they are, to the caller that closed
   */
  void closeNow();

  /**
   * Takes the resource out of the manager, which will not close it any more. Never waits.
   *
   * @return whether it was still registered; if not, it is closed, being closed or detached already
   */
  boolean detach();
}
