package dev.tiercel.memory;

/**
 * Something to be done and measured that has no result.
 *
 * @param <E> the checked exception that it may throw; {@link RuntimeException} if there is none
 */
@FunctionalInterface
public interface MeasuredAction<E extends Exception> {
  /**
   * Does it.
   *
   * @throws E if it fails
   */
  void run() throws E;
}
