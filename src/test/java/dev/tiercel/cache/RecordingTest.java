package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A value that is computed outside a loader depends on what was read for it. */
class RecordingTest {
  private static final Tags NONE = Tags.of();

  private final SetClock clock = new SetClock();
  private final TieredCache cache = TieredCache.builder().onlyWriter().clock(clock).build();
  private final TypedCache<String> texts = cache.typed(String.class);

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void itDependsOnWhatWasReadSinceItBegan() {
    texts.get("before", Tag.of("before"), () -> "x");
    try (Recording recording = Recording.start(cache)) {
      assertFalse(recording.isDependent());
      texts.get("inner", Tag.of("a"), () -> "x");
      assertTrue(recording.isDependent());
      assertTrue(recording.put(texts, "outer", "y", Tag.of("b")));
    }
    texts.get("after", Tag.of("after"), () -> "x");
    cache.invalidate(Tags.of(Tag.of("before"), Tag.of("after")));
    assertEquals("y", texts.getIfPresent("outer").orElseThrow());
    cache.invalidate(Tag.of("a"));
    assertTrue(texts.getIfPresent("outer").isEmpty());
  }

  @Test
  void itsOwnTagsCountToo() {
    try (Recording recording = Recording.start(cache)) {
      recording.put(texts, "outer", "y", Tag.of("b"));
    }
    cache.invalidate(Tag.of("b"));
    assertTrue(texts.getIfPresent("outer").isEmpty());
  }

  @Test
  void aWriteSinceItBeganVoidsIt() {
    try (Recording recording = Recording.start(cache)) {
      cache.invalidate(Tag.of("b"));
      assertFalse(recording.put(texts, "outer", "y", Tag.of("b")));
    }
    assertTrue(texts.getIfPresent("outer").isEmpty());
  }

  @Test
  void itLivesNoLongerThanWhatWasRead() {
    TypedCache<String> brief = texts.policy(CachePolicy.DEFAULT.ttl(Duration.ofSeconds(5)));
    try (Recording recording = Recording.start(cache)) {
      brief.get("inner", NONE, () -> "x");
      recording.put(texts, "outer", "y", NONE);
    }
    clock.advance(Duration.ofSeconds(6));
    assertTrue(texts.getIfPresent("outer").isEmpty());
  }

  @Test
  void whatIsReadApartIsNotNoted() {
    try (Recording recording = Recording.start(cache)) {
      assertEquals("x", recording.apart(() -> texts.get("inner", Tag.of("a"), () -> "x")));
      assertFalse(recording.isDependent());
      texts.get("inner", Tag.of("a"), () -> "x");
      assertTrue(recording.isDependent());
    }
  }

  @Test
  void aLoaderInsideIsOneOfItsReads() {
    try (Recording recording = Recording.start(cache)) {
      texts.get("middle", NONE, () -> texts.get("inner", Tag.of("a"), () -> "x"));
      recording.put(texts, "outer", "y", NONE);
    }
    cache.invalidate(Tag.of("a"));
    assertTrue(texts.getIfPresent("outer").isEmpty());
  }

  @Test
  void whatIsRefreshedInsideNobodyWaitsForSoTheValueIsNotCached() {
    try (Recording recording = Recording.start(cache)) {
      texts.refresh("inner", Tag.of("a"), () -> "x").toCompletableFuture().join();
      assertFalse(recording.put(texts, "outer", "y", NONE));
    }
  }

  @Test
  void aLoaderStillMayNotRefresh() {
    try (Recording recording = Recording.start(cache)) {
      assertFalse(recording.isDependent());
      assertThrows(
          IllegalStateException.class,
          () ->
              texts.get("outer", NONE, () -> "" + texts.refresh("inner", Tag.of("a"), () -> "x")));
    }
  }

  @Test
  void aCacheOnAnotherLedgerIsRefused() {
    try (TieredCache other = TieredCache.builder().onlyWriter().build();
        Recording recording = Recording.start(other)) {
      assertThrows(IllegalArgumentException.class, () -> recording.put(texts, "outer", "y", NONE));
    }
  }
}
