package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.OTHER;
import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.counting;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A cache that is switched off or closed costs its speed and nothing else. */
class OffTest {
  private final Ledger ledger = Ledger.inMemory();
  private final SteppedExecutor executor = new SteppedExecutor();
  private final TieredCache cache =
      TieredCache.builder().onlyWriter().ledger(ledger).executor(executor).build();
  private final TypedCache<String> texts = cache.typed(String.class);
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void whileItIsOffEveryReadLoadsAndNothingIsFilled() {
    texts.get("a", TAG, () -> "kept");
    cache.bypass(true);
    assertEquals("value 1", texts.get("a", TAG, counting(calls)));
    assertEquals("value 2", texts.get("a", TAG, counting(calls)));
    assertEquals("value 3", texts.get("b", TAG, counting(calls)));
    assertEquals(Optional.empty(), texts.getIfPresent("a"));
    assertFalse(texts.put("c", "put", TAG, cache.stamp()));
    assertEquals(1, cache.stats().size());
    cache.bypass(false);
    assertEquals("kept", texts.get("a", TAG, never()));
    assertEquals(Optional.empty(), texts.getIfPresent("b"));
    cache.close();
  }

  @Test
  void whatIsVoidedWhileItIsOffStaysVoid() {
    texts.get("a", TAG, () -> "old");
    texts.get("b", OTHER, () -> "kept");
    cache.bypass(true);
    cache.invalidate(TAG);
    cache.bypass(false);
    assertEquals(Optional.empty(), texts.getIfPresent("a"));
    assertEquals(Optional.of("kept"), texts.getIfPresent("b"));
    cache.bypass(true);
    cache.invalidatePattern("b*");
    executor.runAll();
    cache.bypass(false);
    assertEquals(Optional.empty(), texts.getIfPresent("b"));
    cache.close();
  }

  @Test
  void aLoadThatEndsWhileItIsOffIsNotCached() throws Exception {
    HeldLoader<String> loader = HeldLoader.of("value");
    Reader<String> reader = Reader.start(() -> texts.get("a", TAG, loader));
    loader.awaitEntered();
    cache.bypass(true);
    loader.release();
    assertEquals("value", reader.get());
    cache.bypass(false);
    assertEquals(Optional.empty(), texts.getIfPresent("a"));
    cache.close();
  }

  @Test
  void aClosedCacheLoadsEveryTime() {
    texts.get("a", TAG, () -> "old");
    cache.close();
    cache.close();
    assertEquals("value 1", texts.get("a", TAG, counting(calls)));
    assertEquals("value 2", texts.get("a", TAG, counting(calls)));
    assertEquals(Optional.empty(), texts.getIfPresent("a"));
    assertFalse(texts.put("a", "put", TAG, cache.stamp()));
    assertEquals(
        Map.of("b", "loaded"), texts.getAll(List.of("b"), key -> TAG, k -> Map.of("b", "loaded")));
    assertEquals(0, cache.stats().size());
  }

  @Test
  void aClosedCacheIsNotSwitchedOnAgain() {
    texts.get("a", TAG, () -> "old");
    cache.close();
    cache.bypass(false);
    texts.get("a", TAG, counting(calls));
    assertEquals("value 2", texts.get("a", TAG, counting(calls)));
  }

  @Test
  void aClosedCacheCanStillVoidWhatOthersHold() {
    try (TieredCache other = Caches.direct().ledger(ledger).build()) {
      TypedCache<String> others = other.typed(String.class);
      others.get("tasks:1", TAG, () -> "old");
      cache.close();
      cache.invalidate(TAG);
      assertEquals("newer", others.get("tasks:1", TAG, () -> "newer"));
      Invalidation invalidation = cache.invalidatePattern("tasks*");
      assertEquals(0L, invalidation.swept().toCompletableFuture().join());
      assertEquals(Optional.empty(), others.getIfPresent("tasks:1"));
      assertEquals(0, cache.evictNow("tasks*"));
      assertEquals(0, ledger.versions.bans().length);
    }
  }

  @Test
  void aLoadThatTheEndOvertakesIsAnsweredAndNotCached() throws Exception {
    HeldLoader<String> loader = HeldLoader.of("value");
    Reader<String> leader = Reader.start(() -> texts.get("a", TAG, loader));
    loader.awaitEntered();
    Reader<String> joiner = Reader.joining(() -> texts.get("a", TAG, () -> "value"));
    cache.close();
    loader.release();
    assertEquals("value", leader.get());
    assertEquals("value", joiner.get());
    assertEquals(0, cache.stats().size());
  }

  @Test
  void whatAReaderHoldsWhenTheCacheIsClosedIsVoidAfterwards() {
    texts.get("tasks:1", TAG, () -> "old");
    Entry held = cache.cached("tasks:1");
    cache.invalidatePattern("tasks*");
    assertFalse(cache.isCurrent("tasks:1", held));
    cache.close();
    assertEquals(0, ledger.versions.bans().length, "no ban waits for a closed cache");
    assertFalse(cache.isCurrent("tasks:1", held));
  }

  @Test
  void aClosedCacheExplainsItself() {
    texts.get("a", TAG, () -> "old");
    cache.close();
    texts.get("a", TAG, () -> "new");
    String explanation = cache.explain("a").orElseThrow().toString();
    assertTrue(explanation.endsWith("the cache was switched off"), explanation);
  }
}
