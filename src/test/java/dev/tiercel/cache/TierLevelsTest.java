package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.tier.CacheTier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of its tiers a cache reads and fills. */
class TierLevelsTest {
  private static final long MIB = 1 << 20;

  @TempDir Path folder;
  private TieredCache cache;
  private TypedCache<String> texts;

  private void open(TieredCacheBuilder builder) {
    cache = builder.build();
    texts = cache.typed(String.class);
  }

  private void openBoth() {
    open(
        Caches.direct()
            .sqliteTier(folder.resolve("cache.db"), 4 * MIB)
            .fileTier(folder.resolve("cache"), 4 * MIB));
  }

  @AfterEach
  void close() {
    if (cache != null) {
      cache.close();
    }
  }

  private void flush() throws InterruptedException {
    assertTrue(cache.flush(Duration.ofMinutes(1)));
  }

  private void forget(String key) throws InterruptedException {
    flush();
    Entry entry = cache.cached(key);
    assertNotNull(entry);
    cache.drop(key, entry);
  }

  private List<String> tiersOf(String key) {
    return cache.explain(key).map(Explanation::tiers).orElse(List.of());
  }

  private long entries(int tier) {
    return cache.tierStats().get(tier).use().entries();
  }

  @Test
  void largeValuesLieInFilesAndSmallOnesInSqlite() throws InterruptedException {
    openBoth();
    String large = "x".repeat(100_000);
    texts.get("small", TAG, () -> "a");
    texts.get("large", TAG, () -> large);
    flush();
    assertEquals(List.of("memory", "sqlite"), tiersOf("small"));
    assertEquals(List.of("memory", "files"), tiersOf("large"));
    forget("small");
    forget("large");
    assertEquals("a", texts.get("small", TAG, never()));
    assertEquals(large, texts.get("large", TAG, never()));
  }

  @Test
  void aValueThatGrowsIsNotFoundSmallAgain() throws InterruptedException {
    openBoth();
    texts.put("key", "small", TAG, cache.stamp());
    flush();
    String large = "x".repeat(100_000);
    texts.put("key", large, TAG, cache.stamp());
    forget("key");
    assertEquals(List.of("files"), tiersOf("key"));
    assertEquals(large, texts.get("key", TAG, never()));
    assertEquals(0, entries(0));
    texts.put("key", "small", TAG, cache.stamp());
    forget("key");
    assertEquals(List.of("sqlite"), tiersOf("key"));
    assertEquals(0, entries(1));
  }

  @Test
  void withoutSqliteTheFilesTakeEverySizeAndTheOtherWayRound() throws InterruptedException {
    open(Caches.direct().fileTier(folder.resolve("cache"), 4 * MIB));
    texts.get("small", TAG, () -> "a");
    flush();
    assertEquals(List.of("memory", "files"), tiersOf("small"));
    cache.close();
    open(Caches.direct().sqliteTier(folder.resolve("cache.db"), 4 * MIB));
    texts.get("large", TAG, () -> "x".repeat(100_000));
    flush();
    assertEquals(List.of("memory", "sqlite"), tiersOf("large"));
  }

  @Test
  void aViewReadsUpToATier() throws InterruptedException {
    openBoth();
    String large = "x".repeat(100_000);
    texts.get("small", TAG, () -> "a");
    texts.get("large", TAG, () -> large);
    forget("small");
    forget("large");
    assertEquals(Optional.empty(), texts.upTo("memory").getIfPresent("small"));
    assertEquals(Optional.empty(), texts.upTo("sqlite").getIfPresent("large"));
    assertEquals(Optional.of("a"), texts.upTo("sqlite").getIfPresent("small"));
    assertEquals(Optional.of(large), texts.upTo("files").getIfPresent("large"));
    forget("small");
    assertEquals("new", texts.upTo("memory").get("small", TAG, () -> "new"));
  }

  @Test
  void aViewFillsSomeTiersAndTheOthersForget() throws InterruptedException {
    openBoth();
    texts.get("key", TAG, () -> "everywhere");
    flush();
    assertTrue(texts.into("sqlite").put("key", "below", TAG, cache.stamp()));
    assertNull(cache.cached("key"));
    flush();
    assertEquals(List.of("sqlite"), tiersOf("key"));
    assertEquals(Optional.of("below"), texts.getIfPresent("key"));
    assertTrue(texts.into("memory").put("key", "above", TAG, cache.stamp()));
    flush();
    assertEquals(List.of("memory"), tiersOf("key"));
    assertEquals(Optional.of("above"), texts.getIfPresent("key"));
    assertEquals("b", texts.into("sqlite").get("other", TAG, () -> "b"));
    flush();
    assertEquals("b", texts.into("sqlite").get("other", TAG, never()));
    assertNull(cache.cached("other"), "this view fills no memory");
  }

  @Test
  void aTierThatIsNotThereIsRefused() {
    openBoth();
    var e = assertThrows(IllegalArgumentException.class, () -> texts.upTo("disk"));
    assertTrue(e.getMessage().contains("'disk'"), e.getMessage());
    assertTrue(e.getMessage().contains("[sqlite, files]"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> texts.into("memory", "disk"));
    assertThrows(IllegalArgumentException.class, () -> texts.into());
    assertThrows(
        IllegalArgumentException.class,
        () -> Caches.direct().build().typed(Integer.class).upTo("map"));
  }

  @Test
  void twoTiersOfOneNameAreRefused() {
    TieredCacheBuilder builder = Caches.direct().tier(new MapTier()).tier(new MapTier());
    var e = assertThrows(IllegalStateException.class, builder::build);
    assertTrue(e.getMessage().contains("map"), e.getMessage());
  }

  @Test
  void aTierIsForSomeSizes() throws InterruptedException {
    MapTier map = new MapTier();
    open(Caches.direct().codec(new TextCodec()).tier(map, 1_000, 2_000));
    texts.get("short", TAG, () -> "x".repeat(500));
    texts.get("right", TAG, () -> "x".repeat(1_000));
    texts.get("long", TAG, () -> "x".repeat(2_000));
    flush();
    assertEquals(List.of("right"), List.copyOf(map.records.keySet()));
    CacheTier other = new MapTier();
    assertThrows(IllegalArgumentException.class, () -> Caches.direct().tier(other, 2, 1));
  }

  @Test
  void voidingEverythingGivesTheRoomBack() throws InterruptedException {
    openBoth();
    for (int i = 0; i < 200; i++) {
      texts.get("small " + i, TAG, () -> "x".repeat(3_500));
    }
    texts.get("large", TAG, () -> "x".repeat(1 << 17));
    flush();
    long before = cache.tierStats().get(0).use().bytes();
    assertEquals(402, cache.invalidateAll().swept().toCompletableFuture().join());
    assertEquals(0, entries(0));
    assertTrue(cache.tierStats().get(0).use().bytes() < before / 4);
    assertEquals(0, cache.tierStats().get(1).use().bytes());
  }

  @Test
  void aTierThatIsOpenElsewhereIsRefusedAndNothingStaysOpen() {
    openBoth();
    TieredCacheBuilder second =
        Caches.direct()
            .sqliteTier(folder.resolve("other.db"), 4 * MIB)
            .fileTier(folder.resolve("cache"), 4 * MIB);
    var e = assertThrows(RuntimeException.class, second::build);
    assertTrue(e.getMessage().contains("close it there first"), e.getMessage());
    cache.close();
    open(second);
  }
}
