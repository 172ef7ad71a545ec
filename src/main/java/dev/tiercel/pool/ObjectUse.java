package dev.tiercel.pool;

import org.jspecify.annotations.Nullable;

/**
 * Uses an object of a pool for as long as the call lasts.
 *
 * @param <T> the type of the object
 * @param <R> the type of what comes of it
 * @param <E> what it may throw
 */
@FunctionalInterface
public interface ObjectUse<T, R extends @Nullable Object, E extends Exception> {
  /**
   * Uses the object.
   *
   * @param object the object; not to be kept
   * @return what comes of it, which may be null
   * @throws E whatever the work throws; it reaches the caller as it is
   */
  R apply(T object) throws E;
}
