package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.OTHER;
import static dev.tiercel.cache.Caches.TAG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a loader makes of something that no tag names is for its caller alone. */
class UnknownDependencyTest {
  private final TieredCache cache = Caches.direct().build();
  private final TypedCache<String> texts = cache.typed(String.class);

  @AfterEach
  void close() {
    cache.close();
  }

  private String unknown(String value) {
    Ledger.of(cache).dependsOnUnknown();
    return value;
  }

  private String failing() {
    Ledger.of(cache).dependsOnUnknown();
    throw new IllegalStateException();
  }

  private void assertNotCached(Supplier<String> made) {
    long before = Ledger.of(cache).seq();
    assertEquals("x", texts.get("key", TAG, made::get));
    assertEquals(Optional.empty(), texts.getIfPresent("key"));
    assertEquals(before, Ledger.of(cache).seq(), "nor is anything committed for it");
  }

  @Test
  void itIsNotCached() {
    assertNotCached(() -> unknown("x"));
    assertNotCached(() -> texts.get("inner", OTHER, () -> unknown("x")));
    assertNotCached(
        () ->
            texts
                .getAll(List.of("inner"), key -> OTHER, keys -> Map.of("inner", unknown("x")))
                .get("inner"));
    assertEquals(Optional.empty(), texts.getIfPresent("inner"));
  }

  @Test
  void norIsWhatGoesOnWithoutIt() {
    assertNotCached(
        () -> {
          assertThrows(IllegalStateException.class, () -> texts.get("inner", OTHER, this::failing));
          return "x";
        });
  }

  @Test
  void whatIsReadNextIsCachedAgain() {
    assertNotCached(() -> unknown("x"));
    Ledger.of(cache).dependsOnUnknown(); // Nobody loads anything.
    texts.get("key", TAG, () -> "x");
    assertEquals(Optional.of("x"), texts.getIfPresent("key"));
  }

  @Test
  void itsFailureIsNotRemembered() {
    TypedCache<String> view = texts.policy(CachePolicy.DEFAULT.failures(Duration.ofHours(1)));
    assertThrows(IllegalStateException.class, () -> view.get("key", TAG, this::failing));
    assertEquals("x", view.get("key", TAG, () -> "x"));
  }

  @Test
  void whoeverWaitedForItLoadsItself() throws Exception {
    HeldLoader<String> held = HeldLoader.then(() -> unknown("old"));
    Reader<String> leader = Reader.start(() -> texts.get("key", TAG, held));
    held.awaitEntered();
    Reader<String> joiner = Reader.joining(() -> texts.get("key", TAG, () -> "new"));
    held.release();
    assertEquals("old", leader.get());
    assertEquals("new", joiner.get());
  }

  @Test
  void whoeverWaitedForItsFailureLoadsItself() throws Exception {
    HeldLoader<String> held = HeldLoader.then(this::failing);
    Reader<String> leader = Reader.start(() -> texts.get("key", TAG, held));
    held.awaitEntered();
    Reader<String> joiner = Reader.joining(() -> texts.get("key", TAG, () -> "new"));
    held.release();
    assertEquals(IllegalStateException.class, leader.failure().getClass());
    assertEquals("new", joiner.get());
  }

  @Test
  void aRecordingOfItKeepsNothing() {
    try (Recording recording = Recording.start(cache)) {
      assertFalse(recording.isDependent());
      try (Recording within = Recording.start(cache)) {
        assertEquals("x", texts.get("inner", OTHER, () -> unknown("x")));
        assertFalse(within.put(texts, "key", "y", TAG));
      }
      assertTrue(recording.isDependent());
      assertFalse(recording.put(texts, "key", "y", TAG));
    }
    try (Recording recording = Recording.start(cache)) {
      assertEquals("x", unknown("x"));
      assertTrue(recording.isDependent(), "on what has no tags");
      assertFalse(recording.put(texts, "key", "y", TAG));
    }
  }
}
