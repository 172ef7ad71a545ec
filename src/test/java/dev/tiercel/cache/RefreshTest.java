package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.OTHER;
import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A value is loaded anew in the background while the old one is served. */
class RefreshTest {
  private final SteppedExecutor executor = new SteppedExecutor();
  private final TieredCache cache = TieredCache.builder().onlyWriter().executor(executor).build();
  private final TypedCache<String> texts = cache.typed(String.class);

  @AfterEach
  void close() {
    cache.close();
  }

  private CompletableFuture<String> refresh(CacheLoader<String> loader) {
    return texts.refresh("a", TAG, loader).toCompletableFuture();
  }

  @Test
  void theOldValueIsServedUntilTheNewOneIsThere() {
    texts.get("a", OTHER, () -> "old");
    CompletableFuture<String> refreshed = refresh(() -> "new");
    assertEquals("old", texts.get("a", TAG, never()));
    assertFalse(refreshed.isDone());
    executor.runAll();
    assertEquals("new", refreshed.join());
    assertEquals("new", texts.get("a", TAG, never()));
    cache.invalidate(OTHER);
    assertEquals("new", texts.get("a", TAG, never()), "its tags are the new ones");
    cache.invalidate(TAG);
    assertEquals(Optional.empty(), texts.getIfPresent("a"));
    assertEquals(1, cache.stats().refreshes());
  }

  @Test
  void whatWasNotCachedIsThenCached() {
    CompletableFuture<String> refreshed = refresh(() -> "new");
    executor.runAll();
    assertEquals("new", refreshed.join());
    assertEquals("new", texts.get("a", TAG, never()));
  }

  @Test
  void aSecondOneThatMeetsTheFirstLoadsAfterIt() {
    CompletableFuture<String> first = refresh(() -> "first");
    CompletableFuture<String> second = refresh(() -> "second");
    executor.runAll();
    assertEquals("first", first.join());
    assertEquals("second", second.join());
    assertEquals("second", texts.get("a", TAG, never()));
  }

  @Test
  void thoseThatWaitForTheFirstShareTheSecondLoad() {
    int[] calls = {0};
    CompletableFuture<String> first = refresh(() -> "first");
    CompletableFuture<String> second = refresh(() -> "second " + ++calls[0]);
    CompletableFuture<String> third = refresh(() -> "third " + ++calls[0]);
    executor.runAll();
    assertEquals("first", first.join());
    assertEquals(second.join(), third.join());
    assertEquals(1, calls[0]);
  }

  @Test
  void aFailureIsToldAndTheOldValueStays() {
    texts.get("a", TAG, () -> "old");
    IllegalStateException thrown = new IllegalStateException("no data");
    CompletableFuture<String> refreshed =
        refresh(
            () -> {
              throw thrown;
            });
    executor.runAll();
    assertEquals(thrown, assertThrows(CompletionException.class, refreshed::join).getCause());
    assertEquals("old", texts.get("a", TAG, never()));
  }

  @Test
  void aFailureOfTheFirstDoesNotFailTheSecond() {
    CompletableFuture<String> first =
        refresh(
            () -> {
              throw new IllegalStateException("no data");
            });
    CompletableFuture<String> second = refresh(() -> "second");
    executor.runAll();
    assertTrue(first.isCompletedExceptionally());
    assertEquals("second", second.join());
  }

  @Test
  void aValueThatIsGoneIsTakenAway() {
    texts.get("a", TAG, () -> "old");
    CompletableFuture<String> refreshed = refresh(() -> null);
    executor.runAll();
    assertNull(refreshed.join());
    assertEquals(Optional.empty(), texts.getIfPresent("a"));
  }

  @Test
  void aValueThatIsGoneByAnOutdatedLoadStays() {
    texts.get("a", Tag.of("x"), () -> "old");
    CompletableFuture<String> refreshed =
        refresh(
            () -> {
              cache.invalidate(TAG);
              return null;
            });
    executor.runAll();
    assertNull(refreshed.join());
    assertEquals("old", texts.get("a", TAG, never()));
  }

  @Test
  void aRefusalIsToldAndLeavesNothingBehind() {
    texts.get("a", TAG, () -> "old");
    executor.reject(true);
    CompletableFuture<String> refreshed = refresh(() -> "new");
    assertInstanceOf(
        RejectedExecutionException.class,
        assertThrows(CompletionException.class, refreshed::join).getCause());
    assertEquals("old", texts.get("a", TAG, never()));
    cache.invalidate(TAG);
    assertEquals("newer", texts.get("a", TAG, () -> "newer"));
    executor.reject(false);
    CompletableFuture<String> again = refresh(() -> "newest");
    executor.runAll();
    assertEquals("newest", again.join());
    assertEquals(1, cache.stats().refreshes());
  }

  @Test
  void anExecutorThatFailsInAnotherWayLeavesNothingBehindEither() {
    boolean[] failing = {true};
    try (TieredCache broken =
        TieredCache.builder()
            .onlyWriter()
            .executor(
                work -> {
                  if (failing[0]) {
                    throw new OutOfMemoryError("unable to create native thread");
                  }
                  work.run();
                })
            .build()) {
      TypedCache<String> view = broken.typed(String.class);
      assertTrue(view.refresh("a", TAG, () -> "new").toCompletableFuture().isDone());
      Invalidation invalidation = broken.invalidatePattern("b*");
      assertTrue(invalidation.swept().toCompletableFuture().isCompletedExceptionally());
      failing[0] = false;
      assertEquals("new", view.refresh("a", TAG, () -> "new").toCompletableFuture().join());
      assertEquals(1L, broken.invalidatePattern("a*").swept().toCompletableFuture().join());
    }
  }

  @Test
  void aReaderLoadsItselfWhereATimedLoadIsRefused() {
    executor.reject(true);
    TypedCache<String> timed = texts.policy(CachePolicy.DEFAULT.hardTimeout(Duration.ofMinutes(1)));
    Thread mine = Thread.currentThread();
    assertEquals(
        "here", timed.get("a", TAG, () -> Thread.currentThread() == mine ? "here" : "elsewhere"));
    assertEquals("here", timed.get("a", TAG, never()));
  }
}
