package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.OTHER;
import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was invalidated is never served again, also when its load is under way just then. */
class InvalidationTest {
  private static final String KEY = "tasks:agent:a7:page:4";

  private final TieredCache cache = Caches.direct().build();
  private final TypedCache<String> texts = cache.typed(String.class);

  @AfterEach
  void close() {
    cache.close();
  }

  /** Each way to void the value of {@link #KEY}, which carries {@link Caches#TAG}. */
  @SuppressWarnings("ImmutableEnumChecker") // What they do changes nothing of them.
  enum Way {
    TAG(cache -> cache.invalidate(Caches.TAG)),
    KIND_OF_A_WRITE(cache -> cache.ledger().begin(Caches.TAG).close()),
    RESULT_OF_A_WRITE(cache -> cache.ledger().begin(Tag.of("x")).close(Caches.TAG)),
    KEY(cache -> cache.invalidateKey(InvalidationTest.KEY)),
    SEGMENTS(cache -> cache.invalidatePrefix("tasks:agent:")),
    ALL_SEGMENTS(cache -> cache.invalidatePrefix("tasks:agent:a7:page:")),
    PREFIX(cache -> cache.invalidatePrefix("tasks:ag")),
    PATTERN(cache -> cache.invalidatePattern("tasks:*:page:?")),
    EVICTION(cache -> cache.evictNow("*:page:[0-9]")),
    TOO_MANY_TAGS(cache -> cache.invalidate(Caches.many("x", 257))),
    EVERYTHING(TieredCache::invalidateAll);

    private final Consumer<TieredCache> act;

    Way(Consumer<TieredCache> act) {
      this.act = act;
    }

    void act(TieredCache cache) {
      act.accept(cache);
    }
  }

  /** Each way to leave it alone. */
  @SuppressWarnings("ImmutableEnumChecker") // What they do changes nothing of them.
  enum Miss {
    TAG(cache -> cache.invalidate(OTHER)),
    TAG_THAT_LOOKS_LIKE_THE_KEY(cache -> cache.invalidate(Tag.of(InvalidationTest.KEY))),
    TAG_THAT_LOOKS_LIKE_A_PREFIX(cache -> cache.invalidate(Tag.of("tasks:"))),
    TAG_THAT_LOOKS_LIKE_A_SEGMENT(cache -> cache.invalidate(Tag.of("tasks"))),
    KEY(cache -> cache.invalidateKey("tasks:agent:a7:page:5")),
    KEY_THAT_LOOKS_LIKE_THE_TAG(cache -> cache.invalidateKey("task:42")),
    SEGMENTS(cache -> cache.invalidatePrefix("tasks:agent:a:")),
    SEGMENTS_THAT_LOOK_LIKE_THE_TAG(cache -> cache.invalidatePrefix("task:")),
    PREFIX(cache -> cache.invalidatePrefix("tasks:agent:b")),
    PREFIX_IN_WHICH_A_STAR_IS_A_STAR(cache -> cache.invalidatePrefix("tasks:*")),
    PATTERN(cache -> cache.invalidatePattern("tasks:*:page:[^4]")),
    PATTERN_OF_ANOTHER_LENGTH(cache -> cache.invalidatePattern("tasks:*:page:??"));

    private final Consumer<TieredCache> act;

    Miss(Consumer<TieredCache> act) {
      this.act = act;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsCachedIsLoadedAnew(Way way) {
    texts.get(KEY, TAG, () -> "old");
    way.act(cache);
    assertEquals(Optional.empty(), texts.getIfPresent(KEY));
    assertEquals("new", texts.get(KEY, TAG, () -> "new"));
    assertEquals("new", texts.get(KEY, TAG, never()));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotMeantStays(Miss other) {
    texts.get(KEY, TAG, () -> "kept");
    other.act.accept(cache);
    assertEquals("kept", texts.get(KEY, TAG, never()));
  }

  @ParameterizedTest
  @EnumSource
  void aLoadUnderWayIsNotCached(Way way) throws Exception {
    HeldLoader<String> old = HeldLoader.of("old");
    Reader<String> early = Reader.start(() -> texts.get(KEY, TAG, old));
    old.awaitEntered();
    way.act(cache);
    old.release();
    assertEquals("old", early.get());
    assertEquals(Optional.empty(), texts.getIfPresent(KEY));
    assertEquals("new", texts.get(KEY, TAG, () -> "new"));
  }

  @ParameterizedTest
  @EnumSource
  void whoComesAfterwardsIsNotHandedTheLoadUnderWay(Way way) throws Exception {
    HeldLoader<String> old = HeldLoader.of("old");
    Reader<String> early = Reader.start(() -> texts.get(KEY, TAG, old));
    old.awaitEntered();
    way.act(cache);
    Reader<String> late = Reader.joining(() -> texts.get(KEY, TAG, () -> "new"));
    old.release();
    assertEquals("new", late.get());
    assertEquals("old", early.get());
    assertEquals("new", texts.get(KEY, TAG, never()));
  }

  @ParameterizedTest
  @EnumSource
  void whoRefreshesAfterwardsIsNotHandedTheLoadUnderWay(Way way) throws Exception {
    HeldLoader<String> old = HeldLoader.of("old");
    Reader<String> early = Reader.start(() -> texts.get(KEY, TAG, old));
    old.awaitEntered();
    way.act(cache);
    CompletionStage<String> refreshed = texts.refresh(KEY, TAG, () -> "new");
    old.release();
    assertEquals("new", Reader.start(() -> refreshed.toCompletableFuture().join()).get());
    assertEquals("old", early.get());
    assertEquals("new", texts.get(KEY, TAG, never()));
  }

  @ParameterizedTest
  @EnumSource
  void aLoadOfManyUnderWayIsNotCached(Way way) throws Exception {
    HeldLoader<String> old = HeldLoader.of("old");
    Reader<Map<String, String>> early =
        Reader.start(() -> texts.getAll(List.of(KEY), key -> TAG, keys -> Map.of(KEY, old.load())));
    old.awaitEntered();
    way.act(cache);
    old.release();
    assertEquals(Map.of(KEY, "old"), early.get());
    assertEquals(Optional.empty(), texts.getIfPresent(KEY));
  }

  @ParameterizedTest
  @EnumSource
  void aRefreshUnderWayIsNotCached(Way way) throws Exception {
    texts.get(KEY, TAG, () -> "older");
    HeldLoader<String> old = HeldLoader.of("old");
    Reader<CompletionStage<String>> early = Reader.start(() -> texts.refresh(KEY, TAG, old));
    old.awaitEntered();
    way.act(cache);
    old.release();
    assertEquals("old", early.get().toCompletableFuture().join());
    assertEquals(Optional.empty(), texts.getIfPresent(KEY));
  }

  @ParameterizedTest
  @EnumSource
  void aValueThatWasComputedBeforeIsNotCached(Way way) {
    Stamp before = cache.stamp();
    way.act(cache);
    assertFalse(texts.put(KEY, "old", TAG, before));
    assertEquals(Optional.empty(), texts.getIfPresent(KEY));
    assertTrue(texts.put(KEY, "new", TAG, cache.stamp()));
    assertEquals(Optional.of("new"), texts.getIfPresent(KEY));
  }

  @ParameterizedTest
  @EnumSource
  void whoMeetsTwoOutdatedLoadsLoadsAlone(Way way) throws Exception {
    HeldLoader<String> first = HeldLoader.of("first");
    Reader<String> one = Reader.start(() -> texts.get(KEY, TAG, first));
    first.awaitEntered();
    way.act(cache);
    HeldLoader<String> second = HeldLoader.of("second");
    Reader<String> two = Reader.joining(() -> texts.get(KEY, TAG, second));
    Reader<String> three = Reader.joining(() -> texts.get(KEY, TAG, second));
    first.release();
    second.awaitEntered();
    way.act(cache);
    second.release();
    assertEquals("first", one.get());
    assertEquals("second", two.get());
    assertEquals("second", three.get());
    assertEquals(2, second.calls());
  }

  @Test
  void theNumbersOfInvalidationsRise() {
    long first = cache.invalidate(TAG).seq();
    long second = cache.invalidatePattern("*").seq();
    assertTrue(second > first);
    assertEquals(second, cache.ledger().seq());
  }
}
