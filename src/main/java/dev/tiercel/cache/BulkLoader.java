package dev.tiercel.cache;

import java.util.Map;
import java.util.Set;

/**
 * Computes the values of several keys at once.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
@FunctionalInterface
public interface BulkLoader<K, V> {
  /**
   * Computes values, from the newest data there is.
   *
   * @param keys the keys that are not cached, not empty
   * @return the values; a key may be missing
   * @throws Exception if it fails; nothing is cached then
   */
  Map<K, V> load(Set<K> keys) throws Exception;
}
