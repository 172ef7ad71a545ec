package dev.tiercel.resource;

/** What closes a resource. */
@FunctionalInterface
public interface CloseAction {
  /**
   * Closes the resource.
   *
   * @throws Exception if that fails; the others are closed all the same
   */
  void close() throws Exception;
}
