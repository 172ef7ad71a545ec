package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.OTHER;
import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is void is removed: at once, in the background, or when it is met. */
class SweepTest {
  private final SteppedExecutor executor = new SteppedExecutor();
  private final TieredCache cache = TieredCache.builder().onlyWriter().executor(executor).build();
  private final TypedCache<String> texts = cache.typed(String.class);

  @BeforeEach
  void fill() {
    for (int i = 0; i < 10; i++) {
      texts.get("tasks:agent:a7:page:" + i, TAG, () -> "page");
      texts.get("tasks:agent:b8:page:" + i, OTHER, () -> "page");
    }
  }

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void anEvictionRemovesBeforeItReturns() {
    assertEquals(10, cache.evictNow("tasks:agent:a*"));
    assertEquals(10, cache.stats().size());
    assertEquals(0, cache.evictNow("tasks:agent:a*"));
    assertEquals(5, cache.evictNow("*[0-4]"));
    assertEquals(5, cache.stats().size());
    assertEquals(15, cache.stats().evictedInvalidated());
    assertEquals("page", texts.get("tasks:agent:b8:page:7", OTHER, never()));
  }

  @Test
  void anEvictionCountsOnlyWhatItWasAskedFor() {
    cache.invalidate(OTHER);
    assertEquals(1, cache.evictNow("tasks:agent:a7:page:3"));
    assertEquals(9, cache.stats().size(), "what others had voided is gone as well");
    assertEquals(11, cache.stats().evictedInvalidated());
  }

  @Test
  void aPatternRemovesInTheBackground() {
    Invalidation invalidation = cache.invalidatePattern("*:page:[0-3]");
    assertEquals(0, invalidation.droppedSoFar());
    assertFalse(invalidation.swept().toCompletableFuture().isDone());
    assertEquals(20, cache.stats().size());
    assertEquals(Optional.empty(), texts.getIfPresent("tasks:agent:a7:page:0"));
    executor.runAll();
    assertEquals(7L, invalidation.swept().toCompletableFuture().join());
    assertEquals(12, cache.stats().size());
  }

  @Test
  void aPrefixThatIsNoSegmentRemovesInTheBackground() {
    Invalidation invalidation = cache.invalidatePrefix("tasks:agent:a");
    executor.runAll();
    assertEquals(10L, invalidation.swept().toCompletableFuture().join());
  }

  @Test
  void everythingRemovesInTheBackground() {
    Invalidation invalidation = cache.invalidateAll();
    assertEquals(Optional.empty(), texts.getIfPresent("tasks:agent:a7:page:0"));
    executor.runAll();
    assertEquals(19L, invalidation.swept().toCompletableFuture().join());
    assertEquals(0, cache.stats().size());
  }

  @Test
  void aTagOrASegmentRemovesNothing() {
    for (Invalidation each :
        new Invalidation[] {cache.invalidate(TAG), cache.invalidatePrefix("tasks:agent:")}) {
      assertEquals(0, each.droppedSoFar());
      assertEquals(0L, each.swept().toCompletableFuture().join());
    }
    assertEquals(20, cache.stats().size());
  }

  @Test
  void aKeyIsRemovedAtOnce() {
    Invalidation invalidation = cache.invalidateKey("tasks:agent:a7:page:0");
    assertEquals(1, invalidation.droppedSoFar());
    assertEquals(1L, invalidation.swept().toCompletableFuture().join());
    assertEquals(0, cache.invalidateKey("tasks:agent:a7:page:0").droppedSoFar());
    assertEquals(19, cache.stats().size());
  }

  @Test
  void whatIsMetIsRemoved() {
    cache.invalidate(TAG);
    texts.getIfPresent("tasks:agent:a7:page:0");
    texts.get("tasks:agent:a7:page:1", TAG, () -> null);
    assertEquals(18, cache.stats().size());
  }

  @Test
  void whatASweepLeavesIsServedAfterwards() {
    cache.invalidate(OTHER);
    cache.invalidatePattern("*0");
    executor.runAll();
    assertEquals(0, cache.ledger().versions.bans().length);
    for (int i = 1; i < 10; i++) {
      assertEquals("page", texts.get("tasks:agent:a7:page:" + i, TAG, never()));
    }
  }

  @Test
  void whatIsFilledDuringASweepIsServedAfterwards() {
    cache.invalidatePattern("*0");
    assertTrue(texts.put("tasks:fresh:0", "fresh", TAG, cache.stamp()));
    executor.runAll();
    assertEquals("fresh", texts.get("tasks:fresh:0", TAG, never()));
  }
}
