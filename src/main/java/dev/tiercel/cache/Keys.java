package dev.tiercel.cache;

import java.util.Objects;

/** What can be a key: a text, or something that has one. */
final class Keys {
  private Keys() {}

  /** Refuses what cannot be a key. */
  static Object check(Object key) {
    Objects.requireNonNull(key, "key must not be null");
    if (key instanceof String || key instanceof CacheKey) {
      return key;
    }
    throw new IllegalArgumentException(
        "a key is a String or a CacheKey, but this is a %s: %s; give its text, or implement CacheKey"
            .formatted(key.getClass().getName(), key));
  }

  static String text(Object key) {
    String text = key instanceof CacheKey structured ? structured.text() : (String) key;
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a key must not be empty");
    }
    return text;
  }
}
