package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.OTHER;
import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A loader may ask the cache for other keys, and its value then depends on what those do. */
class InnerLoadTest {
  private final Ledger ledger = Ledger.inMemory();
  private final TieredCache cache = Caches.direct().ledger(ledger).build();
  private final TypedCache<String> texts = cache.typed(String.class);

  @AfterEach
  void close() {
    cache.close();
  }

  private String inner(String value) {
    return texts.get("inner", TAG, () -> value);
  }

  /** Loads a value that asks for another one, and checks that a write to that voids both. */
  private void assertDepends(Supplier<String> asked) {
    texts.get("outer", OTHER, () -> "outer of " + asked.get());
    assertEquals(Optional.of("outer of inner"), texts.getIfPresent("outer"));
    cache.invalidate(TAG);
    assertEquals(Optional.empty(), texts.getIfPresent("outer"));
  }

  @Test
  void anInnerLoadHandsItsTagsOut() {
    assertDepends(() -> inner("inner"));
  }

  @Test
  void anInnerHitHandsItsTagsOut() {
    inner("inner");
    assertDepends(() -> texts.get("inner", TAG, never()));
  }

  @Test
  void anInnerHitWithoutALoaderHandsItsTagsOut() {
    inner("inner");
    assertDepends(() -> texts.getIfPresent("inner").orElseThrow());
  }

  @Test
  void anInnerLoadOfManyHandsItsTagsOut() {
    assertDepends(
        () ->
            texts
                .getAll(List.of("inner"), key -> TAG, keys -> Map.of("inner", "inner"))
                .get("inner"));
  }

  @Test
  void anInnerLoadOfManyThatFindsNothingHandsItsTagsOut() {
    assertDepends(
        () ->
            "inner"
                + texts.getAll(List.of("no"), key -> TAG, keys -> Map.of()).getOrDefault("no", ""));
  }

  @Test
  void anInnerLoadThatFindsNothingHandsItsTagsOut() {
    assertDepends(() -> "inner" + (texts.get("no", TAG, () -> null) == null ? "" : "?"));
  }

  @Test
  void anInnerLoadThatFailsHandsItsTagsOut() {
    assertDepends(
        () -> {
          assertThrows(
              IllegalStateException.class,
              () ->
                  texts.get(
                      "inner",
                      TAG,
                      () -> {
                        throw new IllegalStateException();
                      }));
          return "inner";
        });
  }

  @Test
  void anInnerLoadOfManyThatFailsHandsItsTagsOut() {
    assertDepends(
        () -> {
          assertThrows(
              IllegalStateException.class,
              () ->
                  texts.getAll(
                      List.of("inner"),
                      key -> TAG,
                      keys -> {
                        throw new IllegalStateException();
                      }));
          return "inner";
        });
  }

  @Test
  void aRememberedFailureHandsItsTagsOut() {
    TypedCache<String> view = texts.policy(CachePolicy.DEFAULT.failures(Duration.ofHours(1)));
    CacheLoader<String> failing =
        () -> {
          throw new IllegalStateException();
        };
    assertThrows(IllegalStateException.class, () -> view.get("inner", TAG, failing));
    assertDepends(
        () -> {
          assertThrows(CacheLoadException.class, () -> view.get("inner", TAG, failing));
          return "inner";
        });
  }

  @Test
  void theInnermostHandsItsTagsThroughAll() {
    assertDepends(() -> texts.get("middle", Tag.of("middle"), () -> inner("inner")));
  }

  @Test
  void aCachedOneInTheMiddleHandsThemThroughToo() {
    texts.get("middle", Tag.of("middle"), () -> inner("inner"));
    assertDepends(() -> texts.get("middle", Tag.of("middle"), never()));
  }

  @Test
  void aLoadThatOneJoinedHandsItsTagsOutToBoth() throws Exception {
    HeldLoader<String> held = HeldLoader.then(() -> "outer of " + inner("inner"));
    Reader<String> first = Reader.start(() -> texts.get("outer", OTHER, held));
    held.awaitEntered();
    Reader<String> second = Reader.joining(() -> texts.get("outer", OTHER, never()));
    held.release();
    assertEquals(first.get(), second.get());
    cache.invalidate(TAG);
    assertEquals(Optional.empty(), texts.getIfPresent("outer"));
  }

  @Test
  void whatWasBypassedBecauseOfAWriteIsNotKeptOutside() {
    inner("old");
    PendingWrite write = ledger.begin(TAG);
    texts.get("outer", OTHER, () -> "outer of " + inner("dirty"));
    assertEquals(Optional.empty(), texts.getIfPresent("outer"));
    write.rolledBack();
    assertEquals(Optional.empty(), texts.getIfPresent("outer"));
  }

  @Test
  void aWriteBetweenTheInnerLoadAndTheEndVoidsTheOuterOne() {
    texts.get(
        "outer",
        OTHER,
        () -> {
          String read = inner("old");
          cache.invalidate(TAG);
          return "outer of " + read;
        });
    assertEquals(Optional.empty(), texts.getIfPresent("outer"));
  }

  @Test
  void theKeyItsPrefixesAndItsPatternsAreHandedOut() {
    for (Runnable way :
        List.<Runnable>of(
            () -> cache.invalidateKey("tasks:agent:a7"),
            () -> cache.invalidatePrefix("tasks:agent:"),
            () -> cache.invalidatePrefix("tasks:ag"),
            () -> cache.invalidatePattern("*:a?"),
            () -> cache.evictNow("tasks:*"),
            cache::invalidateAll)) {
      texts.get("outer", OTHER, () -> texts.get("tasks:agent:a7", TAG, () -> "inner"));
      assertEquals("inner", texts.get("outer", OTHER, never()));
      way.run();
      assertEquals(Optional.empty(), texts.getIfPresent("outer"));
      texts.get("outer", OTHER, () -> texts.get("middle", TAG, () -> failing()));
      assertEquals("caught", texts.get("outer", OTHER, never()));
      way.run();
      assertEquals(Optional.empty(), texts.getIfPresent("outer"), "a failure counts as well");
      cache.invalidate(TAG);
    }
  }

  /** Catches what the loader of another key throws. */
  private String failing() {
    CacheLoader<String> loader =
        () -> {
          throw new IllegalStateException();
        };
    assertThrows(IllegalStateException.class, () -> texts.get("tasks:agent:a7", TAG, loader));
    return "caught";
  }

  @Test
  void whatDependsOnTooMuchFallsWithAnyWriteAndAnyPrefix() {
    for (Runnable write :
        List.<Runnable>of(
            () -> cache.invalidate(Tag.of("unrelated")),
            () -> cache.invalidatePrefix("page:"),
            () -> cache.invalidatePrefix("tasks:7:"),
            () -> cache.invalidatePattern("page:*"))) {
      texts.get(
          "page:all",
          OTHER,
          () -> {
            IntStream.range(0, 300)
                .forEach(i -> texts.get("tasks:" + i + ":x", Tag.of("task:" + i), () -> "task"));
            return "all";
          });
      assertEquals(Optional.of("all"), texts.getIfPresent("page:all"));
      write.run();
      assertEquals(Optional.empty(), texts.getIfPresent("page:all"));
    }
  }

  @Test
  void aLoaderForAnotherLedgerIsPassedOver() {
    try (TieredCache foreign = Caches.direct().build()) {
      TypedCache<String> others = foreign.typed(String.class);
      assertDepends(() -> others.get("middle", Tag.of("x"), () -> inner("inner")));
    }
  }

  @Test
  void twoThatAskForEachOtherEnd() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    Reader<String> a =
        Reader.start(
            () ->
                texts.get(
                    "a",
                    TAG,
                    () -> {
                      both.await();
                      return "a" + texts.get("b", TAG, () -> "b");
                    }));
    Reader<String> b =
        Reader.start(
            () ->
                texts.get(
                    "b",
                    TAG,
                    () -> {
                      both.await();
                      return "b" + texts.get("a", TAG, () -> "a");
                    }));
    assertTrue(List.of("ab", "aba").contains(a.get()), a.get());
    assertTrue(List.of("ba", "bab").contains(b.get()), b.get());
  }

  @Test
  void theSameKeyAgainIsRefused() {
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class, () -> texts.get("inner", TAG, () -> inner("inner")));
    assertEquals(
        "the loader of key inner asks the cache for the same key; compute it instead",
        e.getMessage());
    assertEquals("fine", inner("fine"));
  }

  @Test
  void theSameKeyAgainFurtherInIsRefused() {
    assertThrows(
        IllegalStateException.class,
        () -> texts.get("inner", TAG, () -> texts.get("middle", TAG, () -> inner("inner"))));
  }

  @Test
  void theSameKeyAgainAmongManyIsRefused() {
    assertThrows(
        IllegalStateException.class,
        () ->
            texts.get(
                "a",
                TAG,
                () -> texts.getAll(List.of("b", "a"), k -> TAG, k -> Map.of()).toString()));
    assertThrows(
        IllegalStateException.class,
        () ->
            texts.getAll(
                List.of("b", "a"), k -> TAG, k -> Map.of("b", texts.get("a", TAG, () -> "a"))));
    assertThrows(
        IllegalStateException.class,
        () ->
            texts.getAll(
                List.of("b", "a"), k -> TAG, k -> texts.getAll(List.of("a"), x -> TAG, never2())));
  }

  private static BulkLoader<String, String> never2() {
    return keys -> {
      throw new AssertionError("the loader was called");
    };
  }

  @Test
  void theSameKeyAgainWhileTheCacheIsOffIsRefused() {
    cache.bypass(true);
    assertThrows(IllegalStateException.class, () -> texts.get("inner", TAG, () -> inner("inner")));
  }

  @Test
  void theSameKeyInAnotherCacheIsAnotherKey() {
    try (TieredCache second = Caches.direct().ledger(ledger).build()) {
      TypedCache<String> others = second.typed(String.class);
      assertDepends(() -> others.get("outer", TAG, () -> "inner"));
    }
  }

  @Test
  void aLoaderOnATimedThreadHandsTagsOutToo() {
    TypedCache<String> timed = texts.policy(CachePolicy.DEFAULT.hardTimeout(Duration.ofMinutes(1)));
    timed.get("outer", OTHER, () -> "outer of " + inner("inner"));
    cache.invalidate(TAG);
    assertEquals(Optional.empty(), texts.getIfPresent("outer"));
  }

  @Test
  void aValueDoesNotOutliveWhatItWasMadeOf() {
    SetClock clock = new SetClock();
    try (TieredCache timed = Caches.direct().ledger(ledger).clock(clock).build()) {
      TypedCache<String> minute =
          timed.typed(String.class).policy(CachePolicy.DEFAULT.ttl(Duration.ofMinutes(1)));
      TypedCache<String> hour =
          timed.typed(String.class).policy(CachePolicy.DEFAULT.ttl(Duration.ofHours(1)));
      minute.get("inner", TAG, () -> "old");
      clock.advance(Duration.ofSeconds(59));
      CacheLoader<String> outer = () -> "of " + minute.get("inner", TAG, () -> "new");
      assertEquals("of old", hour.get("outer", OTHER, outer));
      assertEquals(Optional.of("of old"), hour.getIfPresent("outer"));
      clock.advance(Duration.ofSeconds(1));
      assertEquals("of new", hour.get("outer", OTHER, outer));
    }
  }

  @Test
  void aLoaderCannotRefresh() {
    assertThrows(
        IllegalStateException.class,
        () -> texts.get("outer", OTHER, () -> "" + texts.refresh("inner", TAG, () -> "inner")));
    assertEquals(Optional.empty(), texts.getIfPresent("inner"));
  }
}
