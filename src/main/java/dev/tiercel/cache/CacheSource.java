package dev.tiercel.cache;

import org.jspecify.annotations.Nullable;

/**
 * Computes the values of many keys, one at a time, and knows what they depend on.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface CacheSource<K, V> {
  /**
   * What a value depends on, asked for when it is loaded.
   *
   * @param key its key
   * @return the tags
   */
  Tags tags(K key);

  /**
   * Computes a value, as {@link CacheLoader#load} does.
   *
   * @param key its key
   * @return the value, or null if there is none
   * @throws Exception if it fails
   */
  @Nullable V load(K key) throws Exception;
}
