package dev.tiercel.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The bound of the memory tier.
 *
 * @param max how many entries, or bytes if they are weighed
 * @param weigher the bytes of a value; null if entries are counted
 */
record MemorySize(long max, @Nullable ToIntFunction<Object> weigher) {
  /* What an entry costs beside its key and value: its own fields, Caffeine's node and its place in
   * the table. */
  private static final int OVERHEAD = 160;

  Caffeine<Object, Entry> bound(Caffeine<Object, Entry> caffeine) {
    ToIntFunction<Object> bytes = weigher;
    if (bytes == null) {
      return caffeine.maximumSize(max);
    }
    return caffeine.maximumWeight(max).weigher((key, entry) -> weight(bytes, key, entry.value));
  }

  private static int weight(ToIntFunction<Object> bytes, Object key, @Nullable Object value) {
    int weight = value == null ? 0 : bytes.applyAsInt(value);
    if (weight < 0) {
      throw new IllegalArgumentException("the weigher gave " + weight + " bytes for key " + key);
    }
    return (int) Math.min(Integer.MAX_VALUE, OVERHEAD + 2L * Keys.text(key).length() + weight);
  }
}
