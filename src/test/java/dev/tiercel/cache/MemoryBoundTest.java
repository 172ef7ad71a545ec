package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The memory tier keeps to its bound. */
class MemoryBoundTest {
  private static final int KIB = 1 << 10;

  private static final List<String> NONE = List.of();

  private record Person(String name, List<String> tags, long born) {}

  private static void fill(TypedCache<String> texts, int count, int length) {
    for (int i = 0; i < count; i++) {
      texts.get("key:" + i, TAG, () -> "x".repeat(length));
    }
  }

  @Test
  void entriesAreCounted() {
    try (TieredCache cache = Caches.direct().entries(100).build()) {
      fill(cache.typed(String.class), 1_000, 1);
      assertEquals(100, cache.stats().size());
      assertEquals(900, cache.stats().evictedForRoom());
      assertEquals(0, cache.stats().weightBytes());
    }
  }

  @Test
  void bytesAreWeighed() {
    try (TieredCache cache = Caches.direct().memory(1_024 * KIB).build()) {
      fill(cache.typed(String.class), 4_000, KIB);
      CacheStats stats = cache.stats();
      assertTrue(stats.weightBytes() <= 1_024 * KIB, stats::toString);
      assertTrue(stats.size() > 700 && stats.size() < 1_024, stats::toString);
      assertEquals(4_000, stats.size() + stats.evictedForRoom());
    }
  }

  @Test
  void longKeysCountToo() {
    try (TieredCache cache = Caches.direct().memory(64 * KIB).build()) {
      TypedCache<String> texts = cache.typed(String.class);
      for (int i = 0; i < 100; i++) {
        texts.get("x".repeat(KIB) + i, TAG, () -> "value");
      }
      assertTrue(cache.stats().size() < 32, cache.stats()::toString);
    }
  }

  @Test
  void aValueThatIsTooLargeIsAnsweredAndNotKept() {
    try (TieredCache cache = Caches.direct().memory(10 * KIB).build()) {
      TypedCache<String> texts = cache.typed(String.class);
      assertEquals(20 * KIB, texts.get("large", TAG, () -> "x".repeat(20 * KIB)).length());
      assertEquals(Optional.empty(), texts.getIfPresent("large"));
    }
  }

  @Test
  void whoKnowsBetterWeighs() {
    try (TieredCache cache = Caches.direct().memory(100 * KIB, value -> 10 * KIB).build()) {
      fill(cache.typed(String.class), 100, 1);
      assertEquals(9, cache.stats().size());
    }
  }

  @Test
  void aWeigherIsAskedForValuesOnly() {
    CachePolicy policy =
        CachePolicy.DEFAULT.negative(Duration.ofMinutes(1)).failures(Duration.ofMinutes(1));
    try (TieredCache cache =
        Caches.direct().policy(policy).memory(100 * KIB, v -> ((String) v).length()).build()) {
      TypedCache<String> texts = cache.typed(String.class);
      CacheLoader<String> failing =
          () -> {
            throw new IllegalStateException("no data");
          };
      assertThrows(IllegalStateException.class, () -> texts.get("fails", TAG, failing));
      assertThrows(CacheLoadException.class, () -> texts.get("fails", TAG, never()));
      texts.get("nothing", TAG, () -> null);
      assertEquals(null, texts.get("nothing", TAG, never()));
    }
  }

  @Test
  void aWeigherThatFailsCostsTheEntryAndNotTheAnswer() {
    for (int weight : new int[] {-1, Integer.MIN_VALUE}) {
      try (TieredCache cache =
          Caches.direct()
              .memory(
                  100 * KIB,
                  v -> {
                    if (v.equals("light")) {
                      return 1;
                    }
                    if (v.equals("wrong")) {
                      return weight;
                    }
                    throw new IllegalStateException("cannot weigh " + v);
                  })
              .build()) {
        TypedCache<String> texts = cache.typed(String.class);
        assertEquals("heavy", texts.get("a", TAG, () -> "heavy"));
        assertEquals("wrong", texts.get("b", TAG, () -> "wrong"));
        assertEquals("light", texts.get("c", TAG, () -> "light"));
        assertEquals("light", texts.get("c", TAG, never()));
        assertEquals(1, cache.stats().size());
      }
    }
  }

  @Test
  void aWeightBeyondAllBoundsIsOnlyTooMuch() {
    try (TieredCache cache = Caches.direct().memory(KIB, value -> Integer.MAX_VALUE).build()) {
      assertEquals("a", cache.typed(String.class).get("a", TAG, () -> "a"));
      assertEquals(0, cache.stats().size());
    }
  }

  @Test
  void aSizeGrowsWithWhatAValueHolds() {
    SizeEstimate estimate = new SizeEstimate();
    assertTrue(estimate.applyAsInt("x".repeat(1_000)) > 1_000);
    assertTrue(estimate.applyAsInt(List.of("x".repeat(1_000), "y".repeat(1_000))) > 2_000);
    assertTrue(estimate.applyAsInt(Map.of("x".repeat(1_000), "y".repeat(1_000))) > 2_000);
    assertTrue(estimate.applyAsInt(new byte[1_000]) >= 1_000);
    assertTrue(estimate.applyAsInt(new String[] {"x".repeat(1_000)}) > 1_000);
    assertTrue(
        estimate.applyAsInt(new Person("x".repeat(1_000), List.of("y".repeat(1_000)), 1)) > 2_000);
    assertTrue(estimate.applyAsInt(42) > 0);
    assertTrue(estimate.applyAsInt(Thread.State.NEW) > 0);
  }

  @Test
  void theSizeOfARecordThatWasMeasuredOftenIsTheAverage() {
    SizeEstimate estimate = new SizeEstimate();
    long bytes = 0;
    for (int i = 0; i < 10_000; i++) {
      bytes += estimate.applyAsInt(new Person("x".repeat(i % 2 == 0 ? 1_000 : 3_000), NONE, 1));
    }
    assertTrue(bytes > 15_000_000 && bytes < 25_000_000, "bytes: " + bytes);
  }

  @Test
  void aValueThatHoldsItselfHasASize() {
    List<Object> self = new ArrayList<>();
    self.add(self);
    assertTrue(new SizeEstimate().applyAsInt(self) > 0);
  }

  @Test
  void aBoundOfNothingIsRefused() {
    assertEquals(
        "entries must be at least 1, but is 0",
        assertThrows(IllegalArgumentException.class, () -> TieredCache.builder().entries(0))
            .getMessage());
    assertEquals(
        "memory must be at least 1, but is -5",
        assertThrows(IllegalArgumentException.class, () -> TieredCache.builder().memory(-5))
            .getMessage());
    assertThrows(NullPointerException.class, () -> TieredCache.builder().memory(1, null));
  }
}
