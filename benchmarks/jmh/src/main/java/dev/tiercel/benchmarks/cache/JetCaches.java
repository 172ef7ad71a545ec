package dev.tiercel.benchmarks.cache;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import java.util.concurrent.TimeUnit;

/** JetCache's local caches, which are Caffeine behind its own face, with a time to live. */
final class JetCaches {
  private JetCaches() {}

  /** One that takes keys as they are. */
  static <K, V> Cache<K, V> local(int room) {
    return CaffeineCacheBuilder.createCaffeineCacheBuilder()
        .limit(room)
        .expireAfterWrite(1, TimeUnit.HOURS)
        .keyConvertor(null)
        .buildCache();
  }
}
