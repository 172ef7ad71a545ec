package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who watches a cache sees what its misses cost, and which keys they are of. */
class CacheWatchTest {
  private static final Tag SHOWN = Tag.of("shown");

  private final SetClock clock = new SetClock();
  private final TieredCache cache =
      TieredCache.builder().entries(10_000).onlyWriter().clock(clock).build();
  private final TypedCache<String> values = cache.typed(String.class);

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void loadsAreSeenWhileItIsOpen() {
    values.get("before", SHOWN, () -> "x");
    CacheWatch watch = cache.watch();
    values.get("a", SHOWN, () -> "x");
    values.get("a", SHOWN, () -> "x");
    assertThrows(
        IllegalStateException.class,
        () ->
            values.get(
                "b",
                SHOWN,
                () -> {
                  throw new IllegalStateException();
                }));
    values.getAll(List.of("c", "d"), Tag::of, keys -> Map.of("c", "1", "d", "2"));
    assertEquals(3, watch.loadTimes().count(), "a miss, a failure and a bulk");
    watch.close();
    watch.close();
    values.get("after", SHOWN, () -> "x");
    assertEquals(3, watch.loadTimes().count());
  }

  @Test
  void oneWatchDoesNotEndAnother() {
    try (CacheWatch first = cache.watch()) {
      cache.watch().close();
      values.get("a", SHOWN, () -> "x");
      assertEquals(1, first.loadTimes().count());
      assertEquals("a", first.topMisses(5).get(0).key());
    }
  }

  @Test
  void theKeysThatAreMissedMostAreTold() {
    try (CacheWatch watch = cache.watch()) {
      for (int round = 0; round < 50; round++) {
        for (int i = 0; i < 400; i++) {
          values.getIfPresent("seldom:" + round * 400 + i);
        }
        values.getIfPresent("hot:1");
        values.getIfPresent("hot:1");
        values.getIfPresent("hot:2");
      }
      List<String> top = watch.topMisses(400).stream().map(MissedKey::key).toList();
      assertTrue(top.contains("hot:1"), top.toString());
      assertTrue(watch.topMisses(2).size() <= 2);
      assertThrows(IllegalArgumentException.class, () -> watch.topMisses(-1));
    }
  }

  @Test
  void aMissCountsHalfAfterAMinute() {
    try (CacheWatch watch = cache.watch()) {
      for (int i = 0; i < 8; i++) {
        values.getIfPresent("a");
      }
      assertEquals(8, watch.topMisses(1).get(0).misses(), 0.1);
      assertEquals(
          "nothing was cached: never loaded, or evicted for lack of room",
          watch.topMisses(1).get(0).why());
      clock.advance(Duration.ofMinutes(2));
      assertEquals(2, watch.topMisses(1).get(0).misses(), 0.1);
      clock.advance(Duration.ofMinutes(5));
      assertEquals(List.of(), watch.topMisses(1));
    }
  }

  @Test
  void aPercentileIsNeverTooShortAndAtMostASixteenthTooLong() {
    for (int i = 0; i < 100_000; i++) {
      long nanos = (long) Math.exp(ThreadLocalRandom.current().nextDouble(6, 28));
      LoadHistogram histogram = new LoadHistogram();
      histogram.add(nanos);
      long told = histogram.snapshot().percentile(1).orElseThrow().toNanos();
      assertTrue(
          told >= nanos && told <= Math.max(256, nanos + nanos / 16 + 1), nanos + ": " + told);
    }
  }

  @Test
  void percentilesAreThoseOfTheLoadsBetween() {
    LoadHistogram histogram = new LoadHistogram();
    histogram.add(1_000_000_000);
    LoadTimes before = histogram.snapshot();
    for (int i = 1; i <= 1_000; i++) {
      histogram.add(i * 1_000L);
    }
    LoadTimes between = histogram.snapshot().since(before);
    assertEquals(1_000, between.count());
    assertEquals(0.5, millis(between, 0.5), 0.5 / 16);
    assertEquals(0.99, millis(between, 0.99), 0.99 / 16);
    assertEquals(Optional.empty(), before.since(before).percentile(0.5));
    for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> before.percentile(wrong));
    }
  }

  private static double millis(LoadTimes loads, double share) {
    return loads.percentile(share).orElseThrow().toNanos() / 1e6;
  }

  @Test
  void extremesHaveAPlace() {
    for (long nanos : new long[] {0, 1, 255, 256, 257, (1L << 41) - 1, 1L << 41, Long.MAX_VALUE}) {
      int which = LoadHistogram.classOf(nanos);
      assertTrue(which >= 0 && which < LoadHistogram.CLASSES, nanos + " is in class " + which);
    }
  }
}
