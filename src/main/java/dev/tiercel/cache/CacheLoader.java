package dev.tiercel.cache;

import org.jspecify.annotations.Nullable;

/**
 * Computes a value that is not cached.
 *
 * @param <V> the type of the value
 */
@FunctionalInterface
public interface CacheLoader<V> {
  /**
   * Computes the value, from the newest data that is committed. May ask caches on the same ledger
   * for other keys, on the thread on which it is called; the result then depends on their tags too.
   *
   * @return the value, or null if there is none
   * @throws Exception if it fails; unchecked ones reach the caller as they are, checked ones inside
   *     a {@link CacheLoadException}
   */
  @Nullable V load() throws Exception;
}
