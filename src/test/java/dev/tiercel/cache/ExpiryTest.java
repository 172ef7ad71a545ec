package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.counting;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values end with their time, and a little before it if that is wished. */
class ExpiryTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration MILLI = Duration.ofMillis(1);

  private final SetClock clock = new SetClock();
  private final SteppedExecutor executor = new SteppedExecutor();
  private final TieredCache cache =
      TieredCache.builder().onlyWriter().clock(clock).executor(executor).build();
  private final AtomicInteger calls = new AtomicInteger();

  @AfterEach
  void close() {
    cache.close();
  }

  private TypedCache<String> view(CachePolicy policy) {
    return cache.typed(String.class).policy(policy);
  }

  @Test
  void aValueLivesForItsTime() {
    TypedCache<String> texts = view(CachePolicy.DEFAULT.ttl(MINUTE));
    texts.get("a", TAG, counting(calls));
    clock.advance(MINUTE.minus(MILLI));
    assertEquals("value 1", texts.get("a", TAG, never()));
    clock.advance(MILLI);
    assertEquals(Optional.empty(), texts.getIfPresent("a"));
    assertEquals("value 2", texts.get("a", TAG, counting(calls)));
    assertEquals("value 2", texts.get("a", TAG, never()));
    assertEquals(1, cache.stats().evictedExpired());
  }

  @Test
  void aValueWithoutATimeLivesForEver() {
    TypedCache<String> texts = view(CachePolicy.DEFAULT);
    texts.get("a", TAG, counting(calls));
    clock.advance(Duration.ofDays(36_500));
    assertEquals("value 1", texts.get("a", TAG, never()));
  }

  @Test
  void theTimeOfAValueBeginsWithItsLoad() {
    TypedCache<String> texts = view(CachePolicy.DEFAULT.ttl(MINUTE));
    texts.get(
        "a",
        TAG,
        () -> {
          clock.advance(MINUTE.minus(MILLI));
          return "slow";
        });
    assertEquals("slow", texts.get("a", TAG, never()));
    clock.advance(MILLI);
    assertEquals(Optional.empty(), texts.getIfPresent("a"));
  }

  @Test
  void aClockThatIsSetBackMakesNothingOlderOrYounger() {
    TypedCache<String> texts = view(CachePolicy.DEFAULT.ttl(MINUTE));
    texts.get("a", TAG, counting(calls));
    clock.advance(Duration.ofDays(-400));
    assertEquals("value 1", texts.get("a", TAG, never()));
    clock.advance(MINUTE.minus(MILLI));
    assertEquals("value 1", texts.get("a", TAG, never()));
    clock.advance(MILLI);
    assertEquals("value 2", texts.get("a", TAG, counting(calls)));
  }

  @Test
  void aClockThatIsSetForwardEndsWhatLivedShorter() {
    TypedCache<String> texts = view(CachePolicy.DEFAULT.ttl(MINUTE));
    texts.get("a", TAG, counting(calls));
    clock.advance(Duration.ofDays(400));
    assertEquals("value 2", texts.get("a", TAG, counting(calls)));
    clock.advance(Duration.ofDays(-800));
    assertEquals("value 2", texts.get("a", TAG, never()));
  }

  @Test
  void jitterShortensWithinItsBounds() {
    TypedCache<String> texts = view(CachePolicy.DEFAULT.ttl(MINUTE).jitter(0.5));
    List<String> keys = IntStream.range(0, 1_000).mapToObj(i -> "key:" + i).toList();
    keys.forEach(key -> texts.get(key, TAG, () -> "value"));
    clock.advance(MINUTE.dividedBy(2));
    assertEquals(1_000, present(texts, keys));
    clock.advance(MINUTE.dividedBy(4));
    long half = present(texts, keys);
    assertTrue(half > 350 && half < 650, "alive in the middle: " + half);
    clock.advance(MINUTE.dividedBy(4));
    assertEquals(0, present(texts, keys));
  }

  private static long present(TypedCache<String> texts, List<String> keys) {
    return keys.stream().filter(key -> texts.getIfPresent(key).isPresent()).count();
  }

  @Test
  void anUnreadValueGoes() {
    TypedCache<String> texts = view(CachePolicy.DEFAULT.idle(MINUTE));
    texts.get("a", TAG, counting(calls));
    for (int i = 0; i < 10; i++) {
      clock.advance(MINUTE.minus(MILLI));
      assertEquals("value 1", texts.get("a", TAG, never()));
    }
    clock.advance(MINUTE);
    assertEquals(Optional.empty(), texts.getIfPresent("a"));
    assertEquals("value 2", texts.get("a", TAG, counting(calls)));
  }

  @Test
  void aValueIsNotIdleBecauseItsLoadWasSlow() {
    TypedCache<String> texts = view(CachePolicy.DEFAULT.idle(MINUTE));
    texts.get(
        "a",
        TAG,
        () -> {
          clock.advance(MINUTE.multipliedBy(2));
          return "slow";
        });
    assertEquals("slow", texts.get("a", TAG, never()));
  }

  @Test
  void readingDoesNotLengthenALife() {
    TypedCache<String> texts = view(CachePolicy.DEFAULT.ttl(MINUTE).idle(MINUTE));
    texts.get("a", TAG, counting(calls));
    clock.advance(MINUTE.minus(MILLI));
    assertEquals("value 1", texts.get("a", TAG, never()));
    clock.advance(MILLI);
    assertEquals("value 2", texts.get("a", TAG, counting(calls)));
  }

  /** Loads values that took long, so that they are to be replaced early, with near certainty. */
  private List<String> slowlyLoaded(TypedCache<String> texts) {
    List<String> keys = List.of("a", "b", "c", "d", "e");
    for (String key : keys) {
      texts.get(
          key,
          TAG,
          () -> {
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < 2_000_000) {
              Thread.onSpinWait();
            }
            return "old";
          });
    }
    clock.advance(Duration.ofMillis(99));
    return keys;
  }

  @Test
  void aValueIsLoadedAnewShortlyBeforeItExpiresAndServedMeanwhile() {
    TypedCache<String> texts = view(CachePolicy.DEFAULT.ttl(Duration.ofMillis(100)).eager(100));
    List<String> keys = slowlyLoaded(texts);
    for (String key : keys) {
      assertEquals("old", texts.get(key, TAG, () -> "new"));
      assertEquals("old", texts.get(key, TAG, () -> "new"));
      assertEquals(Optional.of("old"), texts.getIfPresent(key));
    }
    assertEquals(
        Map.of("a", "old", "b", "old"),
        texts.getAll(List.of("a", "b"), key -> TAG, keys2 -> Map.of()));
    executor.runAll();
    long refreshed = cache.stats().refreshes();
    assertTrue(refreshed > 0 && refreshed <= keys.size(), "refreshed: " + refreshed);
    assertEquals(
        refreshed, keys.stream().filter(key -> texts.get(key, TAG, never()).equals("new")).count());
  }

  @Test
  void aFailedOrRefusedRefreshTakesNothingAway() {
    TypedCache<String> texts =
        view(CachePolicy.DEFAULT.ttl(Duration.ofMillis(100)).eager(100).failures(MINUTE));
    List<String> keys = slowlyLoaded(texts);
    CacheLoader<String> failing =
        () -> {
          throw new IllegalStateException("no data");
        };
    executor.reject(true);
    keys.forEach(key -> assertEquals("old", texts.get(key, TAG, failing)));
    executor.reject(false);
    keys.forEach(key -> assertEquals("old", texts.get(key, TAG, failing)));
    executor.runAll();
    assertTrue(cache.stats().loadFailures() > 0);
    keys.forEach(key -> assertEquals("old", texts.get(key, TAG, failing)));
  }

  @Test
  void aRefreshThatAWriteOvertakesFillsNothing() {
    TypedCache<String> texts = view(CachePolicy.DEFAULT.ttl(Duration.ofMillis(100)).eager(100));
    List<String> keys = slowlyLoaded(texts);
    keys.forEach(key -> texts.get(key, TAG, writing("too old")));
    executor.runAll();
    assertTrue(cache.stats().refreshes() > 0);
    assertEquals(0, present(texts, keys));
  }

  private CacheLoader<String> writing(String value) {
    return () -> {
      cache.invalidate(TAG);
      return value;
    };
  }

  @Test
  void aPutValueIsAsOldAsItsStamp() {
    Stamp stamp = cache.stamp();
    clock.advance(MINUTE.minusSeconds(1));
    TypedCache<String> minute = cache.typed(String.class).policy(CachePolicy.DEFAULT.ttl(MINUTE));
    assertTrue(minute.put("tasks:a", "value", TAG, stamp));
    assertEquals(Optional.of("value"), minute.getIfPresent("tasks:a"));
    clock.advance(Duration.ofSeconds(1));
    assertEquals(Optional.empty(), minute.getIfPresent("tasks:a"));
  }
}
