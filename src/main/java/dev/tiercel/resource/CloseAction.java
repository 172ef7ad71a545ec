package dev.tiercel.resource;

/** What closes a resource. */
@FunctionalInterface
public interface CloseAction {
  /**
   * Closes the resource. Called at most once by the manager it was given to.
   *
   * @throws Exception if that fails; the other resources are closed all the same
   */
  void close() throws Exception;
}
