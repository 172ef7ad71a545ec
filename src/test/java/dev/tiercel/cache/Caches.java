package dev.tiercel.cache;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Short ways to caches, for tests. */
final class Caches {
  static final Tag TAG = Tag.of("task:42");
  static final Tag OTHER = Tag.of("agent:a7");

  private Caches() {}

  /** A cache that does at once what it would do in the background. */
  static TieredCacheBuilder direct() {
    return TieredCache.builder().onlyWriter().executor(Runnable::run);
  }

  /** A loader that must not be called. */
  static <V> CacheLoader<V> never() {
    return () -> {
      throw new AssertionError("the loader was called");
    };
  }

  /** A loader whose values tell which call it was. */
  static CacheLoader<String> counting(AtomicInteger calls) {
    return () -> "value " + calls.incrementAndGet();
  }

  /** Tags of one kind. */
  static Tags many(String kind, int count) {
    Tag[] tags = new Tag[count];
    for (int i = 0; i < count; i++) {
      tags[i] = Tag.of(kind, Integer.toString(i));
    }
    return Tags.of(List.of(tags));
  }
}
