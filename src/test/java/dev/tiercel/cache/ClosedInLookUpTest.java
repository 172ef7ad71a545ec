package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.TAG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.TierRecord;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A cache may be closed while a reader has a record in hand. */
class ClosedInLookUpTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final MapTier map = new MapTier();
  private Runnable meanwhile = () -> {};

  private final CacheTier tier =
      new ForwardingTier() {
        @Override
        CacheTier to() {
          return map;
        }

        @Override
        public TierRecord get(String key) {
          TierRecord found = map.get(key);
          meanwhile.run();
          return found;
        }
      };

  @Test
  void whatAPatternHasHitIsNotServedWhenNobodyWaitsForTheSweep() throws InterruptedException {
    TieredCache cache =
        TieredCache.builder()
            .onlyWriter()
            .executor(work -> {}) // No sweep ever runs.
            .tier(tier)
            .codec(new TextCodec())
            .build();
    TypedCache<String> texts = cache.typed(String.class);
    texts.get("tasks:a", TAG, () -> "old");
    assertTrue(cache.flush(MINUTE));
    cache.drop("tasks:a", cache.cached("tasks:a"));
    meanwhile =
        () -> {
          cache.invalidatePattern("*:a");
          cache.close();
        };
    assertEquals("new", texts.get("tasks:a", TAG, () -> "new"));
  }
}
