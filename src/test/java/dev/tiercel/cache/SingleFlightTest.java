package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of those who miss the same key at once, one loads it. */
class SingleFlightTest {
  private static final String KEY = "tasks:1";

  private final TieredCache cache = Caches.direct().build();
  private final TypedCache<String> texts = cache.typed(String.class);

  @AfterEach
  void close() {
    cache.close();
  }

  private static HeldLoader<String> failing(Exception e) {
    return HeldLoader.then(
        () -> {
          throw e;
        });
  }

  private static HeldLoader<String> failing(Error e) {
    return HeldLoader.then(
        () -> {
          throw e;
        });
  }

  private Reader<String> leader(CacheLoader<String> loader) {
    return Reader.start(() -> texts.get(KEY, TAG, loader));
  }

  private Reader<String> joiner(CacheLoader<String> loader) {
    return Reader.joining(() -> texts.get(KEY, TAG, loader));
  }

  @Test
  void eightReadersShareOneLoad() throws Exception {
    HeldLoader<String> loader = HeldLoader.of("value");
    List<Reader<String>> readers = new ArrayList<>();
    readers.add(leader(loader));
    loader.awaitEntered();
    for (int i = 0; i < 7; i++) {
      readers.add(joiner(loader));
    }
    loader.release();
    for (Reader<String> reader : readers) {
      assertEquals("value", reader.get());
    }
    assertEquals(1, loader.calls());
    assertEquals(1, cache.stats().loads());
    assertEquals(7, cache.stats().coalesced());
    assertEquals(8, cache.stats().misses());
  }

  @Test
  void otherKeysDoNotWait() throws Exception {
    HeldLoader<String> loader = HeldLoader.of("value");
    Reader<String> leader = leader(loader);
    loader.awaitEntered();
    assertEquals("other", texts.get("tasks:2", TAG, () -> "other"));
    loader.release();
    assertEquals("value", leader.get());
  }

  @Test
  void theSharedNothingIsSharedToo() throws Exception {
    HeldLoader<String> loader = HeldLoader.of(null);
    Reader<String> leader = leader(loader);
    loader.awaitEntered();
    Reader<String> joiner = joiner(never());
    loader.release();
    assertNull(leader.get());
    assertNull(joiner.get());
    assertEquals(Optional.empty(), texts.getIfPresent(KEY));
    assertEquals("now", texts.get(KEY, TAG, () -> "now"));
  }

  @Test
  void anUncheckedFailureReachesAllAsItIs() throws Exception {
    IllegalStateException thrown = new IllegalStateException("no data");
    HeldLoader<String> loader = failing(thrown);
    Reader<String> leader = leader(loader);
    loader.awaitEntered();
    Reader<String> joiner = joiner(never());
    loader.release();
    assertSame(thrown, leader.failure());
    assertSame(thrown, joiner.failure());
    assertEquals(1, loader.calls());
    assertEquals("now", texts.get(KEY, TAG, () -> "now"), "a failure is not cached");
  }

  @Test
  void aCheckedFailureReachesAllInsideOurs() throws Exception {
    IOException thrown = new FileNotFoundException("data.csv");
    HeldLoader<String> loader = failing(thrown);
    Reader<String> leader = leader(loader);
    loader.awaitEntered();
    Reader<String> joiner = joiner(never());
    loader.release();
    for (Reader<String> reader : List.of(leader, joiner)) {
      CacheLoadException e = assertInstanceOf(CacheLoadException.class, reader.failure());
      assertSame(thrown, e.getCause());
      assertEquals(
          "the loader of key tasks:1 failed: java.io.FileNotFoundException: data.csv",
          e.getMessage());
    }
  }

  @Test
  void anErrorReachesAllAsItIs() throws Exception {
    StackOverflowError thrown = new StackOverflowError();
    HeldLoader<String> loader = failing(thrown);
    Reader<String> leader = leader(loader);
    loader.awaitEntered();
    Reader<String> joiner = joiner(never());
    loader.release();
    assertSame(thrown, leader.failure());
    assertSame(thrown, joiner.failure());
  }

  @Test
  void aFailureThatAWriteHasOutdatedIsNotSharedAnyMore() throws Exception {
    HeldLoader<String> loader = failing(new IllegalStateException("no such table"));
    Reader<String> leader = leader(loader);
    loader.awaitEntered();
    cache.invalidate(TAG);
    Reader<String> joiner = joiner(() -> "there it is");
    loader.release();
    assertEquals("no such table", leader.failure().getMessage());
    assertEquals("there it is", joiner.get());
  }

  @Test
  void anInterruptedLeaderDoesNotFailItsJoiners() throws Exception {
    HeldLoader<String> loader = HeldLoader.of("never");
    Reader<String> leader =
        Reader.start(
            () -> {
              CacheLoadException e =
                  assertThrows(CacheLoadException.class, () -> texts.get(KEY, TAG, loader));
              assertInstanceOf(InterruptedException.class, e.getCause());
              assertTrue(Thread.interrupted(), "the flag is kept");
              return e.getMessage();
            });
    loader.awaitEntered();
    Reader<String> joiner = joiner(() -> "mine");
    leader.interrupt();
    assertEquals("the loader of key tasks:1 failed: java.lang.InterruptedException", leader.get());
    assertEquals("mine", joiner.get());
    assertEquals("mine", texts.get(KEY, TAG, never()));
  }

  @Test
  void aLeaderWhoseLoaderWrapsTheInterruptDoesNotFailItsJoiners() throws Exception {
    HeldLoader<String> held = HeldLoader.of("never");
    CacheLoader<String> wrapping =
        () -> {
          try {
            return held.load();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
          }
        };
    Reader<String> leader = leader(wrapping);
    held.awaitEntered();
    Reader<String> joiner = joiner(() -> "mine");
    leader.interrupt();
    assertEquals("interrupted", leader.failure().getMessage());
    assertEquals("mine", joiner.get());
  }

  @Test
  void anInterruptedJoinerKeepsItsFlagAndHurtsNobody() throws Exception {
    HeldLoader<String> loader = HeldLoader.of("value");
    Reader<String> leader = leader(loader);
    loader.awaitEntered();
    Reader<String> joiner =
        Reader.joining(
            () -> {
              CacheLoadException e =
                  assertThrows(CacheLoadException.class, () -> texts.get(KEY, TAG, never()));
              assertInstanceOf(InterruptedException.class, e.getCause());
              assertTrue(Thread.interrupted(), "the flag is kept");
              return e.getMessage();
            });
    Reader<String> other = joiner(never());
    joiner.interrupt();
    assertEquals("interrupted while waiting for the load of key tasks:1", joiner.get());
    loader.release();
    assertEquals("value", leader.get());
    assertEquals("value", other.get());
  }

  @Test
  void anInterruptedThreadIsServedAHit() throws Exception {
    texts.get(KEY, TAG, () -> "value");
    Reader<String> reader =
        Reader.start(
            () -> {
              Thread.currentThread().interrupt();
              return texts.get(KEY, TAG, never());
            });
    assertEquals("value", reader.get());
  }

  @Test
  void aReaderJoinsARefresh() throws Exception {
    HeldLoader<String> loader = HeldLoader.of("value");
    Reader<CompletionStage<String>> refresher = Reader.start(() -> texts.refresh(KEY, TAG, loader));
    loader.awaitEntered();
    Reader<String> joiner = joiner(never());
    loader.release();
    assertEquals("value", joiner.get());
    assertEquals("value", refresher.get().toCompletableFuture().join());
    assertEquals(1, loader.calls());
  }

  @Test
  void aJoinerOfAnotherTypeLoadsItself() throws Exception {
    HeldLoader<String> loader = HeldLoader.of("1");
    Reader<String> leader = leader(loader);
    loader.awaitEntered();
    TypedCache<Integer> numbers = cache.typed(Integer.class);
    Reader<Integer> joiner = Reader.joining(() -> numbers.get(KEY, TAG, () -> 1));
    loader.release();
    assertEquals("1", leader.get());
    assertEquals(1, joiner.get());
  }

  /** A key that lets something happen when its miss is noted: between the look and the load. */
  private static final class LateKey implements CacheKey {
    private static final StackWalker STACK = StackWalker.getInstance();
    private final Runnable meanwhile;

    LateKey(Runnable meanwhile) {
      this.meanwhile = meanwhile;
    }

    @Override
    public String text() {
      return KEY;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof LateKey;
    }

    @Override
    public int hashCode() {
      String noting = Misses.class.getName();
      if (STACK.walk(all -> all.anyMatch(each -> each.getClassName().equals(noting)))) {
        meanwhile.run();
      }
      return 1;
    }
  }

  @Test
  void aLoadThatCameInBetweenTheLookAndTheLoadIsShared() {
    LateKey early = new LateKey(() -> {});
    LateKey late =
        new LateKey(() -> Reader.start(() -> texts.get(early, TAG, () -> "first")).value());
    assertEquals("first", texts.get(late, TAG, never()));
    TypedCache<String> timed = texts.policy(CachePolicy.DEFAULT.hardTimeout(Duration.ofMinutes(1)));
    cache.invalidate(TAG);
    LateKey later =
        new LateKey(() -> Reader.start(() -> texts.get(early, TAG, () -> "second")).value());
    assertEquals("second", timed.get(later, TAG, never()));
  }
}
