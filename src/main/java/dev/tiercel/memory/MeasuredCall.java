package dev.tiercel.memory;

import org.jspecify.annotations.Nullable;

/**
 * A call to be measured.
 *
 * @param <T> what it returns
 * @param <E> the checked exception that it may throw; {@link RuntimeException} if there is none
 */
@FunctionalInterface
public interface MeasuredCall<T extends @Nullable Object, E extends Exception> {
  /**
   * Makes the call.
   *
   * @return its result
   * @throws E if it fails
   */
  T call() throws E;
}
