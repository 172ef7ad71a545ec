package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.OTHER;
import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The figures of a cache add up. */
class CacheStatsTest {
  private final SetClock clock = new SetClock();
  private final TieredCache cache = Caches.direct().clock(clock).build();
  private final TypedCache<String> texts = cache.typed(String.class);

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void aCacheThatDidNothingHasNoFigures() {
    CacheStats stats = cache.stats();
    assertEquals(0, stats.hits() + stats.misses() + stats.loads() + stats.size());
    assertEquals(Duration.ZERO, stats.loadTime());
    assertEquals(1.0, stats.hitRate());
  }

  @Test
  void everyLookUpIsAHitOrAMiss() {
    texts.get("a", TAG, () -> "a"); // Absent.
    texts.get("a", TAG, never()); // A hit.
    texts.getIfPresent("a"); // A hit.
    texts.getIfPresent("b"); // Absent.
    cache.invalidate(TAG);
    texts.getIfPresent("a"); // Stale.
    texts.get("a", TAG, () -> "a"); // Absent.
    cache.invalidate(TAG);
    texts.get("a", TAG, () -> "a"); // Stale.
    try (PendingWrite write = cache.ledger().begin(TAG)) {
      texts.get("a", TAG, () -> "a"); // Pending.
      texts.get("c", TAG, () -> "c"); // Absent, and then pending.
      write.rolledBack();
    }
    texts.getAll(List.of("a", "b", "c"), key -> OTHER, keys -> Map.of("b", "b")); // Hit, 2 absent.
    cache.bypass(true);
    texts.get("a", TAG, () -> "a"); // Off.
    CacheStats stats = cache.stats();
    assertEquals(3, stats.hits());
    assertEquals(10, stats.misses());
    assertEquals(3.0 / 13, stats.hitRate());
    assertEquals(2, stats.staleRejected());
    assertEquals(3, stats.bypassed());
    assertEquals(7, stats.loads());
    assertEquals(0, stats.loadFailures());
    assertEquals(2, stats.invalidations());
    assertEquals(2, stats.size());
  }

  @Test
  void whatIsRememberedIsAHit() {
    TypedCache<String> view =
        texts.policy(
            CachePolicy.DEFAULT.negative(Duration.ofMinutes(1)).failures(Duration.ofMinutes(1)));
    view.get("nothing", TAG, () -> null);
    view.get("nothing", TAG, never());
    CacheLoader<String> failing =
        () -> {
          throw new IllegalStateException("no data");
        };
    assertThrows(IllegalStateException.class, () -> view.get("fails", TAG, failing));
    assertThrows(CacheLoadException.class, () -> view.get("fails", TAG, failing));
    assertEquals(2, cache.stats().hits());
    assertEquals(2, cache.stats().misses());
    assertEquals(2, cache.stats().loads());
    assertEquals(1, cache.stats().loadFailures());
  }

  @Test
  void whatIsExpiredIsAMiss() {
    TypedCache<String> view = texts.policy(CachePolicy.DEFAULT.ttl(Duration.ofMinutes(1)));
    view.get("a", TAG, () -> "a");
    clock.advance(Duration.ofMinutes(1));
    view.getIfPresent("a");
    view.get("a", TAG, () -> "a");
    assertEquals(0, cache.stats().hits());
    assertEquals(3, cache.stats().misses());
    assertEquals(1, cache.stats().evictedExpired());
  }

  @Test
  void loadsTakeTime() {
    texts.get("a", TAG, () -> "a");
    assertTrue(cache.stats().loadTime().toNanos() > 0);
  }

  @Test
  void everyWayToInvalidateIsCounted() {
    cache.invalidate(TAG);
    cache.invalidateKey("a");
    cache.invalidatePrefix("a:");
    cache.invalidatePrefix("a");
    cache.invalidatePattern("a?");
    cache.invalidateAll();
    cache.evictNow("a*");
    assertEquals(7, cache.stats().invalidations());
    assertEquals(new InvalidationKinds(1, 1, 2, 2, 1), cache.stats().invalidationKinds());
  }

  @Test
  void whatComesIntoMemoryIsCounted() {
    texts.get("a", TAG, () -> "a");
    texts.get("a", TAG, never());
    assertEquals(1, cache.stats().puts());
    assertTrue(texts.put("b", "b", TAG, cache.stamp()));
    assertEquals(2, cache.stats().puts());
    Stamp before = cache.stamp();
    cache.invalidate(TAG);
    assertFalse(texts.put("c", "c", TAG, before)); // Void before it came.
    cache.bypass(true);
    texts.get("d", TAG, () -> "d");
    assertEquals(2, cache.stats().puts());
  }

  @Test
  void itsOwnThreadsAreCountedAndGivenOnesAreNot() throws Exception {
    assertTrue(cache.executorStats().isEmpty());
    try (TieredCache own = TieredCache.builder().entries(10).onlyWriter().build()) {
      assertEquals(0, own.executorStats().orElseThrow().active());
      own.invalidatePattern("a*b").swept().toCompletableFuture().get(30, TimeUnit.SECONDS);
      assertEquals(1, own.executorStats().orElseThrow().threads());
      assertEquals(32, own.executorStats().orElseThrow().maxThreads());
    }
  }
}
