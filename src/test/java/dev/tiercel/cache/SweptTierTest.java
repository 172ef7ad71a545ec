package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A sweep takes from the tiers below memory what its pattern hits, and nothing else. */
class SweptTierTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final MapTier map = new MapTier();
  private final Ledger ledger = Ledger.inMemory();
  private final TieredCache cache =
      Caches.direct().ledger(ledger).tier(map).codec(new TextCodec()).build();
  private final TypedCache<String> texts = cache.typed(String.class);

  @AfterEach
  void close() {
    cache.close();
  }

  private void fill(String key, String value) throws InterruptedException {
    texts.get(key, TAG, () -> value);
    leave(key);
  }

  /** Waits until all is written, and has memory forget a key. */
  private void leave(String key) throws InterruptedException {
    assertTrue(cache.flush(MINUTE));
    cache.drop(key, cache.cached(key));
  }

  @Test
  void whatAPatternDoesNotHitIsServedAfterItsSweep() throws InterruptedException {
    fill("tasks:a", "a");
    cache.invalidatePattern("agents:*");
    assertEquals(0, ledger.versions.bans().length, "it is swept");
    assertEquals("a", texts.get("tasks:a", TAG, never()));
    leave("tasks:a");
    cache.evictNow("agents:?");
    cache.invalidatePattern("agents:*");
    assertEquals("a", texts.get("tasks:a", TAG, never()));
  }

  @Test
  void whatComesAfterTheSweepOfItsPatternIsNotKept() throws InterruptedException {
    fill("tasks:a", "old");
    var late = map.records.get("tasks:a");
    cache.invalidatePattern("tasks:*");
    assertFalse(map.records.containsKey("tasks:a"));
    assertEquals("new", texts.get("tasks:a", TAG, () -> "new"));
    leave("tasks:a");
    assertTrue(map.records.get("tasks:a").order() > late.order());
    assertEquals("new", texts.get("tasks:a", TAG, never()));
  }
}
