package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several caches on one ledger fall together, and a ban waits for all of them. */
class SharedLedgerTest {
  private final Ledger ledger = Ledger.inMemory();
  private final SteppedExecutor ofOne = new SteppedExecutor();
  private final SteppedExecutor ofTwo = new SteppedExecutor();
  private final TieredCache one = cache(ofOne);
  private final TieredCache two = cache(ofTwo);
  private final TypedCache<String> textsOfOne = one.typed(String.class);
  private final TypedCache<String> textsOfTwo = two.typed(String.class);

  private TieredCache cache(SteppedExecutor executor) {
    return TieredCache.builder().onlyWriter().ledger(ledger).executor(executor).build();
  }

  private int bans() {
    return ledger.versions.bans().length;
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  @Test
  void whatOneVoidsIsVoidInTheOther() {
    textsOfTwo.get("tasks:1", TAG, () -> "old");
    one.invalidate(TAG);
    assertEquals("newer", textsOfTwo.get("tasks:1", TAG, () -> "newer"));
    one.invalidatePattern("tasks*");
    assertEquals("newest", textsOfTwo.get("tasks:1", TAG, () -> "newest"));
  }

  @Test
  void aBanIsForgottenWhenBothHaveSwept() {
    textsOfOne.get("tasks:1", TAG, () -> "old");
    textsOfTwo.get("tasks:1", TAG, () -> "old");
    Invalidation invalidation = one.invalidatePattern("tasks*");
    assertEquals(1, bans());
    ofOne.runAll();
    assertEquals(1L, invalidation.swept().toCompletableFuture().join());
    assertEquals(1, bans(), "the other cache has not swept");
    assertEquals(Optional.empty(), textsOfTwo.getIfPresent("tasks:1"));
    ofTwo.runAll();
    assertEquals(0, bans());
    assertEquals(0, two.stats().size());
    assertEquals(Optional.empty(), textsOfTwo.getIfPresent("tasks:1"));
  }

  @Test
  void theOrderOfTheSweepsDoesNotMatter() {
    textsOfTwo.get("tasks:1", TAG, () -> "old");
    one.invalidatePattern("tasks*");
    ofTwo.runAll();
    assertEquals(1, bans());
    ofOne.runAll();
    assertEquals(0, bans());
  }

  @Test
  void aCacheThatIsClosedIsWaitedForNoLonger() {
    one.invalidatePattern("tasks*");
    ofOne.runAll();
    assertEquals(1, bans());
    two.close();
    assertEquals(0, bans());
  }

  @Test
  void anEvictionSweepsTheOthersInTheBackground() {
    textsOfTwo.get("tasks:1", TAG, () -> "old");
    assertEquals(0, one.evictNow("tasks*"));
    assertEquals(1, bans());
    ofTwo.runAll();
    assertEquals(0, bans());
    assertEquals(0, two.stats().size());
  }

  @Test
  void aBanStaysWhereASweepIsRefused() {
    textsOfTwo.get("tasks:1", TAG, () -> "old");
    ofTwo.reject(true);
    one.invalidatePattern("tasks*");
    ofOne.runAll();
    assertEquals(1, bans());
    assertEquals(Optional.empty(), textsOfTwo.getIfPresent("tasks:1"));
    ofTwo.reject(false);
    one.invalidatePattern("others*");
    ofOne.runAll();
    ofTwo.runAll();
    assertEquals(0, bans());
  }

  @Test
  void aRefusedSweepIsToldToWhoWaitsForIt() {
    ofOne.reject(true);
    Invalidation invalidation = one.invalidatePattern("tasks*");
    CompletionException e =
        assertThrows(
            CompletionException.class, () -> invalidation.swept().toCompletableFuture().join());
    assertTrue(e.getCause() instanceof RejectedExecutionException);
  }

  @Test
  void aLoadThatIsOlderThanAForgottenBanIsRefused() throws Exception {
    HeldLoader<String> old = HeldLoader.of("old");
    Reader<String> reader = Reader.start(() -> textsOfOne.get("tasks:1", TAG, old));
    old.awaitEntered();
    one.invalidatePattern("tasks*");
    ofOne.runAll();
    ofTwo.runAll();
    assertEquals(0, bans());
    old.release();
    assertEquals("old", reader.get());
    assertEquals(Optional.empty(), textsOfOne.getIfPresent("tasks:1"));
  }

  @Test
  void aStampThatIsOlderThanAForgottenBanIsRefusedByALaterCache() {
    Stamp old = one.stamp();
    one.invalidatePattern("tasks*");
    ofOne.runAll();
    ofTwo.runAll();
    assertEquals(0, bans());
    try (TieredCache late = cache(ofOne)) {
      assertFalse(late.typed(String.class).put("tasks:1", "old", TAG, old));
      assertTrue(late.typed(String.class).put("tasks:1", "new", TAG, late.stamp()));
    }
  }

  @Test
  void aStampOfTheSameLedgerIsGoodForBoth() {
    assertTrue(textsOfTwo.put("tasks:1", "value", TAG, one.stamp()));
  }

  @Test
  void aStampOfAnotherLedgerIsRefused() {
    try (TieredCache foreign = Caches.direct().build()) {
      Stamp stamp = foreign.stamp();
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> textsOfOne.put("tasks:1", "x", TAG, stamp));
      assertEquals(
          "the stamp was drawn from a cache on another ledger; draw it from this one",
          e.getMessage());
    }
  }

  @Test
  void moreBansThanAreLookedThroughVoidWhatIsOlderThanAll() {
    textsOfOne.get("unread:1", TAG, () -> "old");
    textsOfOne.get("read:1", TAG, () -> "old");
    for (int i = 0; i < Versions.MAX_BANS; i++) {
      one.invalidatePattern("tasks:" + i + "*");
    }
    assertEquals("old", textsOfOne.get("read:1", TAG, never()));
    one.invalidatePattern("one:more*");
    assertEquals(Versions.MAX_BANS, bans());
    assertEquals("old", textsOfOne.get("read:1", TAG, never()), "found current since");
    assertEquals(Optional.empty(), textsOfOne.getIfPresent("unread:1"));
    ofOne.runAll();
    ofTwo.runAll();
    assertEquals(0, bans());
    assertEquals("old", textsOfOne.get("read:1", TAG, never()));
  }

  @Test
  void bansThatComeTogetherShareASweep() {
    textsOfOne.get("tasks:1", TAG, () -> "old");
    textsOfOne.get("agents:1", TAG, () -> "old");
    Invalidation first = one.invalidatePattern("tasks*");
    int waiting = ofOne.waiting();
    Invalidation second = one.invalidatePattern("agents*");
    assertEquals(waiting, ofOne.waiting());
    ofOne.runAll();
    assertEquals(2L, first.swept().toCompletableFuture().join());
    assertEquals(2L, second.swept().toCompletableFuture().join());
    ofTwo.runAll();
    assertEquals(0, bans());
  }

  @Test
  void cachesOfOneBuilderWithoutALedgerDoNotShareOne() {
    TieredCacheBuilder builder = Caches.direct();
    try (TieredCache first = builder.build();
        TieredCache second = builder.build()) {
      assertNotSame(first.ledger(), second.ledger());
    }
  }
}
