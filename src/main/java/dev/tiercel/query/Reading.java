package dev.tiercel.query;

import dev.tiercel.cache.CacheKey;
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
  private static final Duration RESOLUTION = Duration.ofSeconds(1); // Of an age.

  private final TieredCache cache;
  private final Object key;
  private final Duration unread;
  private @Nullable Instant last;
  private @Nullable Instant loaded;

  Reading(TieredCache cache, Object key, Duration unread) {
    this.cache = cache;
    this.key = key;
    this.unread = unread;
  }

  /** Whether it is to be loaded; the first time in any case. */
  boolean isWanted(Instant now) {
    Optional<Explanation> known =
        cache.explain(key).filter(explanation -> explanation.key().equals(text()));
    Optional<Duration> since = known.flatMap(Explanation::unread);
    if (since.isPresent()) {
      note(now.minus(since.get()));
    } else {
      // Whoever missed it loaded it: what is younger than the last load of ours was read.
      known
          .filter(explanation -> !explanation.tiers().isEmpty())
          .map(explanation -> now.minus(explanation.age()))
          .filter(made -> loaded == null || made.isAfter(loaded.plus(RESOLUTION)))
          .ifPresent(this::note);
    }
    if (last == null) {
      last = now;
    }
    boolean wanted = Duration.between(last, now).compareTo(unread) < 0;
    loaded = wanted || loaded == null ? now : loaded;
    return wanted;
  }

  private String text() {
    return key instanceof CacheKey structured ? structured.text() : key.toString();
  }

  private void note(Instant read) {
    last = last == null || read.isAfter(last) ? read : last;
  }
}
