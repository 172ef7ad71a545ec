package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.OTHER;
import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.tier.TierRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What memory has no room for is still there below it, and no less fresh. */
class LowerTierTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path folder;

  private final SetClock clock = new SetClock();
  private final MapTier map = new MapTier();
  private final Ledger ledger = Ledger.inMemory();
  private final TieredCache cache = cache(new TextCodec());
  private final TypedCache<String> texts = cache.typed(String.class);

  private TieredCache cache(Codec codec) {
    return Caches.direct().ledger(ledger).clock(clock).tier(map).codec(codec).build();
  }

  @AfterEach
  void close() {
    cache.close();
  }

  private void fill(String key, Tags tags, String value) throws InterruptedException {
    texts.get(key, tags, () -> value);
    leave(key);
  }

  /** Waits until all is written, and has memory forget a key. */
  private void leave(String key) throws InterruptedException {
    assertTrue(cache.flush(MINUTE));
    cache.drop(key, cache.cached(key));
  }

  private TierStats stats() {
    return cache.tierStats().get(0);
  }

  @Test
  void readsAndWritesBelowMemoryAreTimed() throws InterruptedException {
    fill("tasks:a", TAG, "a");
    long reads = stats().reads();
    texts.get("tasks:a", TAG, never());
    TierStats stats = stats();
    assertEquals(reads + 1, stats.reads());
    assertEquals(1, stats.writes());
    assertTrue(stats.readTime().toNanos() > 0 && stats.writeTime().toNanos() > 0);
    long puts = cache.stats().puts();
    assertEquals(2, puts, "loaded, and brought back");
    texts.get("tasks:a", TAG, never());
    assertEquals(stats, stats(), "a hit in memory asks no tier");
    assertEquals(stats, cache.tierStats(0));
    assertThrows(IndexOutOfBoundsException.class, () -> cache.tierStats(1));
    assertEquals(puts, cache.stats().puts());
  }

  @Test
  void whatMemoryForgotIsServedFromBelow() throws InterruptedException {
    fill("tasks:a", TAG, "a");
    assertEquals("a", texts.get("tasks:a", TAG, never()));
    assertEquals(1, stats().hits());
    int asked = map.calls.get();
    assertEquals("a", texts.get("tasks:a", TAG, never()));
    assertEquals(asked, map.calls.get(), "it is in memory again");
    leave("tasks:a");
    assertEquals(Optional.of("a"), texts.getIfPresent("tasks:a"));
    fill("tasks:b", TAG, "b");
    leave("tasks:a");
    assertEquals(
        Map.of("tasks:a", "a", "tasks:b", "b", "tasks:c", "c"),
        texts.getAll(
            List.of("tasks:a", "tasks:b", "tasks:c"),
            key -> TAG,
            keys -> {
              assertEquals(List.of("tasks:c"), List.copyOf(keys));
              return Map.of("tasks:c", "c");
            }));
  }

  @Test
  void aWriteVoidsWhatIsStored() throws InterruptedException {
    fill("tasks:a", TAG, "old");
    cache.invalidate(TAG);
    assertEquals("new", texts.get("tasks:a", TAG, () -> "new"));
    assertEquals(1, stats().stale());
    leave("tasks:a");
    assertEquals("new", texts.get("tasks:a", TAG, never()));
  }

  @Test
  void aWriteUnderWayIsWaitedForByNobody() throws InterruptedException {
    fill("tasks:a", TAG, "old");
    PendingWrite write = ledger.begin(TAG);
    assertEquals("new", texts.get("tasks:a", TAG, () -> "new"));
    write.close();
    assertEquals("newer", texts.get("tasks:a", TAG, () -> "newer"));
  }

  @Test
  void everyInvalidationReachesWhatIsStored() throws InterruptedException {
    Map<String, Runnable> ways =
        Map.of(
            "key", () -> cache.invalidateKey("tasks:a:1"),
            "prefix", () -> cache.invalidatePrefix("tasks:a:"),
            "pattern", () -> cache.invalidatePattern("*:a:?"),
            "all", cache::invalidateAll,
            "now", () -> cache.evictNow("tasks:*"));
    for (var way : ways.entrySet()) {
      fill("tasks:a:1", TAG, "before " + way.getKey());
      way.getValue().run();
      assertEquals("after", texts.get("tasks:a:1", TAG, () -> "after"), way.getKey());
      cache.invalidate(TAG);
    }
  }

  @Test
  void aSweepRemovesWhatIsStoredAndLetsTheBanGo() throws InterruptedException {
    fill("tasks:a", TAG, "a");
    fill("tasks:b", TAG, "b");
    assertEquals(1, cache.invalidatePattern("*a").swept().toCompletableFuture().join());
    assertEquals(List.of("tasks:b"), List.copyOf(map.records.keySet()));
    assertEquals(0, ledger.versions.bans().length);
    assertEquals(1, cache.evictNow("*b"));
    assertTrue(map.records.isEmpty());
  }

  @Test
  void aBanWaitsForATierThatFails() throws InterruptedException {
    fill("tasks:a", TAG, "a");
    map.broken = true;
    cache.invalidatePattern("*a");
    assertEquals(1, ledger.versions.bans().length);
    map.broken = false;
    clock.advance(MINUTE);
    assertEquals("new", texts.get("tasks:a", TAG, () -> "new"));
  }

  @Test
  void aTierThatFailsCostsLoadsOnly() throws InterruptedException {
    fill("tasks:a", TAG, "a");
    map.broken = true;
    assertEquals("loaded", texts.get("tasks:a", TAG, () -> "loaded"));
    int asked = map.calls.get();
    texts.get("tasks:b", TAG, () -> "b");
    assertEquals(asked, map.calls.get(), "it is left alone for a while");
    assertEquals(1, stats().failures());
    assertTrue(cache.flush(MINUTE));
    assertTrue(stats().dropped() > 0);
    map.broken = false;
    clock.advance(Duration.ofSeconds(1));
    fill("tasks:c", TAG, "c");
    assertEquals("c", texts.get("tasks:c", TAG, never()));
  }

  @Test
  void figuresDoNotEndAnOutage() throws InterruptedException {
    fill("tasks:a", TAG, "a");
    map.broken = true;
    texts.get("tasks:b", TAG, () -> "b");
    assertTrue(cache.flush(MINUTE)); // What is put below meanwhile is dropped, and not later.
    clock.advance(Duration.ofSeconds(1));
    texts.get("tasks:c", TAG, () -> "c");
    assertEquals(2, stats().failures());
    assertTrue(cache.flush(MINUTE));
    clock.advance(Duration.ofSeconds(2)); // It would be used now.
    stats();
    texts.get("tasks:d", TAG, () -> "d");
    assertTrue(cache.flush(MINUTE));
    clock.advance(Duration.ofSeconds(3));
    int asked = map.calls.get();
    texts.get("tasks:e", TAG, () -> "e");
    assertEquals(asked, map.calls.get(), "the third time it is left alone for four seconds");
  }

  @Test
  void aTierThatCannotSayWhatItHoldsHoldsWhatItDid() throws InterruptedException {
    fill("tasks:a", TAG, "a");
    map.evicted = 7;
    assertEquals(7, stats().use().evicted());
    map.broken = true;
    assertEquals(7, stats().use().evicted(), "a count does not fall");
    assertEquals(1, stats().use().entries());
    map.broken = false;
    map.evicted = 8;
    assertEquals(8, stats().use().evicted());
  }

  @Test
  void whatIsStoredAndVoidIsExplained() throws InterruptedException {
    fill("tasks:a", TAG, "a");
    assertTrue(cache.explain("tasks:a").orElseThrow().current());
    cache.invalidate(TAG);
    assertEquals(List.of("map"), cache.explain("tasks:a").orElseThrow().tiers());
    assertEquals("write 1 changed task:42", why());
    texts.get("tasks:a", TAG, () -> "b");
    assertTrue(cache.flush(MINUTE));
    texts.depend("tasks:a", OTHER);
    cache.drop("tasks:a", cache.cached("tasks:a"));
    assertEquals("it lacks tags that the value was given later", why());
  }

  private String why() {
    return cache.explain("tasks:a").orElseThrow().why().orElseThrow();
  }

  @Test
  void timesStayWhatTheyWere() throws InterruptedException {
    TypedCache<String> minute = cache.typed(String.class).policy(CachePolicy.DEFAULT.ttl(MINUTE));
    minute.get("tasks:a", TAG, () -> "old");
    leave("tasks:a");
    clock.advance(Duration.ofSeconds(59));
    assertEquals("old", minute.get("tasks:a", TAG, never()));
    leave("tasks:a");
    clock.advance(Duration.ofSeconds(1));
    assertEquals("new", minute.get("tasks:a", TAG, () -> "new"));
  }

  @Test
  void moreTagsCountForWhatIsStoredToo() throws InterruptedException {
    texts.get("tasks:a", TAG, () -> "old");
    assertTrue(cache.flush(MINUTE));
    texts.depend("tasks:a", OTHER);
    assertEquals("old", texts.get("tasks:a", TAG, never()));
    leave("tasks:a");
    cache.invalidate(OTHER);
    assertEquals("new", texts.get("tasks:a", TAG, () -> "new"));
    leave("tasks:a");
    assertEquals("new", texts.get("tasks:a", TAG, never()), "what is loaded later is stored again");
  }

  @Test
  void aRefreshIsNotAnsweredFromBelow() throws Exception {
    fill("tasks:a", TAG, "old");
    assertEquals("new", texts.refresh("tasks:a", TAG, () -> "new").toCompletableFuture().get());
    leave("tasks:a");
    assertEquals("new", texts.get("tasks:a", TAG, never()));
  }

  @Test
  void whatAnotherCodecWroteIsAMiss() throws InterruptedException {
    fill("tasks:a", TAG, "a");
    TierRecord stored = map.records.get("tasks:a");
    for (Codec other : List.of(new TextCodec("text-2", 1), new TextCodec("text-1", 2))) {
      try (TieredCache second = cache(other)) {
        map.records.put("tasks:a", stored);
        assertEquals("b", second.typed(String.class).get("tasks:a", TAG, () -> "b"));
        assertEquals(1, second.tierStats().get(0).undecodable());
      }
    }
  }

  @Test
  void whatCannotBeEncodedLivesInMemory() throws InterruptedException {
    TypedCache<Integer> numbers = cache.typed(Integer.class);
    assertEquals(7, numbers.get("number", TAG, () -> 7));
    assertEquals(7, numbers.get("number", TAG, never()));
    texts.get("text", TAG, () -> "cannot be encoded");
    assertTrue(cache.flush(MINUTE));
    assertTrue(map.records.isEmpty());
    assertEquals(1, stats().undecodable());
  }

  @Test
  void garbageIsAMiss() throws InterruptedException {
    fill("tasks:a", TAG, "a");
    byte[] bytes = map.records.get("tasks:a").bytes();
    for (int length = 0; length < bytes.length - 1; length++) {
      map.records.put("tasks:a", new TierRecord("tasks:a", 0, 0, Arrays.copyOf(bytes, length)));
      String value = texts.get("tasks:a", TAG, () -> "loaded");
      assertTrue(value.equals("loaded") || value.isEmpty(), value);
      leave("tasks:a");
    }
  }

  @Test
  void whatIsOffIsNotLookedUp() throws InterruptedException {
    fill("tasks:a", TAG, "a");
    cache.bypass(true);
    int asked = map.calls.get();
    assertEquals("loaded", texts.get("tasks:a", TAG, () -> "loaded"));
    assertFalse(texts.getIfPresent("tasks:a").isPresent());
    assertEquals(asked, map.calls.get());
  }

  @Test
  void aPatternHoldsForATierThatWasClosedMeanwhile() throws InterruptedException {
    try (LedgerDatabase items = LedgerDatabase.open(folder.resolve("items.db"))) {
      MapTier shared = new MapTier();
      TieredCacheBuilder below =
          Caches.direct().ledger(items.ledger).tier(shared).codec(new TextCodec());
      try (TieredCache first = below.build()) {
        first.typed(String.class).get("tasks:a", TAG, () -> "old");
        assertTrue(first.flush(MINUTE));
      }
      try (TieredCache other = Caches.direct().ledger(items.ledger).build()) {
        other.invalidatePattern("*:a").swept().toCompletableFuture().join();
      }
      try (TieredCache again = below.build()) {
        assertEquals("new", again.typed(String.class).get("tasks:a", TAG, () -> "new"));
      }
    }
  }

  @Test
  void aPatternHoldsForWhatWasUnderWriteWhenItWasSwept() throws InterruptedException {
    fill("tasks:a", TAG, "old");
    PendingWrite write = ledger.begin(TAG);
    cache.invalidatePattern("*:a").swept().toCompletableFuture().join();
    write.rolledBack();
    assertEquals("new", texts.get("tasks:a", TAG, () -> "new"));
  }

  @Test
  void whatIsGoneDoesNotComeBackFromBelow() throws InterruptedException {
    fill("tasks:a", TAG, "old");
    texts.refresh("tasks:a", TAG, () -> null).toCompletableFuture().join();
    assertTrue(cache.flush(MINUTE));
    assertEquals(Optional.empty(), texts.getIfPresent("tasks:a"));
    assertTrue(map.records.isEmpty());
  }
}
