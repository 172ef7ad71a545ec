package dev.tiercel.query;

import dev.tiercel.cache.Explanation;
import dev.tiercel.cache.TieredCache;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody still reads a key that is loaded again and again. Used by one thread at a time.
 */
final class Reading {
  private final TieredCache cache;
  private final Object key;
  private final Duration unread;
  private @Nullable Instant last;

  Reading(TieredCache cache, Object key, Duration unread) {
    this.cache = cache;
    this.key = key;
    this.unread = unread;
  }

  /** Whether it is to be loaded; the first time in any case. */
  boolean isWanted(Instant now) {
    Optional<Duration> since = cache.explain(key).flatMap(Explanation::unread);
    if (last == null) {
      last = now;
    }
    if (since.isPresent()) {
      last = now.minus(since.get());
    }
    return Duration.between(last, now).compareTo(unread) < 0;
  }
}
