package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.OTHER;
import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.counting;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While a write is under way, nobody is served or fills what it changes. */
class PendingWriteTest {
  private static final String KEY = "tasks:42";

  private final Ledger ledger = Ledger.inMemory();
  private final TieredCache cache = Caches.direct().ledger(ledger).build();
  private final TypedCache<String> texts = cache.typed(String.class);
  private final AtomicInteger calls = new AtomicInteger();

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void readersBypassTheCacheAndFillNothing() {
    texts.get(KEY, TAG, () -> "old");
    PendingWrite write = ledger.begin(TAG);
    assertEquals("value 1", texts.get(KEY, TAG, counting(calls)));
    assertEquals("value 2", texts.get(KEY, TAG, counting(calls)));
    assertEquals("value 3", texts.get("tasks:new", TAG, counting(calls)));
    assertEquals(Optional.empty(), texts.getIfPresent(KEY));
    assertFalse(texts.put(KEY, "put", TAG, cache.stamp()));
    assertEquals(1, cache.stats().size());
    write.close();
    assertEquals("value 4", texts.get(KEY, TAG, counting(calls)));
    assertEquals("value 5", texts.get("tasks:new", TAG, counting(calls)));
  }

  @Test
  void aLoadOfManyFillsNothing() {
    PendingWrite write = ledger.begin(TAG);
    assertEquals(
        Map.of(KEY, "new", "b", "b"),
        texts.getAll(
            List.of(KEY, "b"),
            key -> key.equals(KEY) ? TAG : OTHER,
            keys -> Map.of(KEY, "new", "b", "b")));
    assertEquals(1, cache.stats().size(), "only what the write leaves alone");
    write.close();
    assertEquals(Optional.empty(), texts.getIfPresent(KEY));
    assertEquals(Optional.of("b"), texts.getIfPresent("b"));
  }

  @Test
  void whatItLeavesAloneIsServed() {
    texts.get("other", OTHER, () -> "kept");
    PendingWrite write = ledger.begin(TAG);
    assertEquals("kept", texts.get("other", OTHER, never()));
    assertEquals("filled", texts.get("fresh", OTHER, () -> "filled"));
    assertEquals("filled", texts.get("fresh", OTHER, never()));
    write.close();
    assertEquals("kept", texts.get("other", OTHER, never()));
  }

  @Test
  void aRollbackKeepsTheCacheWarm() {
    texts.get(KEY, TAG, () -> "kept");
    long before = ledger.seq();
    PendingWrite write = ledger.begin(TAG);
    texts.get(KEY, TAG, () -> "not kept");
    write.rolledBack();
    assertEquals("kept", texts.get(KEY, TAG, never()));
    assertEquals(before, ledger.seq());
  }

  @Test
  void itIsEndedOnce() {
    texts.get(KEY, TAG, () -> "kept");
    PendingWrite write = ledger.begin(TAG);
    write.rolledBack();
    write.close();
    write.close(OTHER);
    assertEquals("kept", texts.get(KEY, TAG, never()));
    PendingWrite second = ledger.begin(TAG);
    second.close();
    second.rolledBack();
    assertEquals(Optional.empty(), texts.getIfPresent(KEY));
    texts.get(KEY, TAG, () -> "new");
    assertEquals("new", texts.get(KEY, TAG, never()), "no mark is left");
  }

  @Test
  void itMayBeEndedByAnotherThread() throws Exception {
    PendingWrite write = ledger.begin(TAG);
    Reader.start(
            () -> {
              write.close();
              return true;
            })
        .get();
    texts.get(KEY, TAG, () -> "new");
    assertEquals("new", texts.get(KEY, TAG, never()));
  }

  @Test
  void theResultMayTellMore() {
    texts.get(KEY, TAG, () -> "old");
    texts.get("other", OTHER, () -> "old");
    texts.get("third", Tag.of("x"), () -> "kept");
    PendingWrite write = ledger.begin(TAG);
    write.close(Tags.of(OTHER));
    assertEquals(Optional.empty(), texts.getIfPresent(KEY));
    assertEquals(Optional.empty(), texts.getIfPresent("other"));
    assertEquals(Optional.of("kept"), texts.getIfPresent("third"));
  }

  @Test
  void theResultMayTellEverything() {
    texts.get(KEY, OTHER, () -> "old");
    PendingWrite write = ledger.begin(Tags.of());
    assertEquals("old", texts.get(KEY, OTHER, never()));
    write.close(OTHER);
    assertEquals(Optional.empty(), texts.getIfPresent(KEY));
  }

  @Test
  void twoOfTheSameTagAreCountedBoth() {
    PendingWrite first = ledger.begin(TAG);
    PendingWrite second = ledger.begin(Tags.of(TAG, TAG, OTHER));
    first.close();
    texts.get(KEY, TAG, () -> "not kept");
    assertEquals(Optional.empty(), texts.getIfPresent(KEY));
    second.close();
    texts.get(KEY, TAG, () -> "kept");
    assertEquals("kept", texts.get(KEY, TAG, never()));
  }

  @Test
  void oneOfTooManyTagsHoldsEverything() {
    texts.get("other", OTHER, () -> "old");
    PendingWrite write = ledger.begin(Caches.many("x", 257));
    assertEquals("bypassed", texts.get("other", OTHER, () -> "bypassed"));
    write.rolledBack();
    assertEquals("old", texts.get("other", OTHER, never()));
    ledger.begin(Caches.many("x", 257)).close();
    assertEquals(Optional.empty(), texts.getIfPresent("other"));
  }

  @Test
  void aLoadThatEndsDuringAWriteIsNotCached() throws Exception {
    HeldLoader<String> loader = HeldLoader.of("old");
    Reader<String> reader = Reader.start(() -> texts.get(KEY, TAG, loader));
    loader.awaitEntered();
    PendingWrite write = ledger.begin(TAG);
    loader.release();
    assertEquals("old", reader.get());
    write.rolledBack();
    assertEquals(Optional.empty(), texts.getIfPresent(KEY));
  }

  @Test
  void aLoadThatOutlivesARolledBackWriteIsCached() throws Exception {
    HeldLoader<String> loader = HeldLoader.of("kept");
    Reader<String> reader = Reader.start(() -> texts.get(KEY, TAG, loader));
    loader.awaitEntered();
    ledger.begin(TAG).rolledBack();
    loader.release();
    reader.get();
    assertEquals("kept", texts.get(KEY, TAG, never()));
  }

  @Test
  void aLoadThatBeginsDuringAWriteIsNotCachedAfterIt() throws Exception {
    PendingWrite write = ledger.begin(TAG);
    HeldLoader<String> loader = HeldLoader.of("old");
    Reader<String> reader = Reader.start(() -> texts.get(KEY, TAG, loader));
    loader.awaitEntered();
    write.close();
    loader.release();
    assertEquals("old", reader.get());
    assertEquals(Optional.empty(), texts.getIfPresent(KEY));
  }

  @Test
  void aReaderThatJoinedBeforeTheWriteLoadsAloneDuringIt() throws Exception {
    HeldLoader<String> loader = HeldLoader.of("old");
    Reader<String> early = Reader.start(() -> texts.get(KEY, TAG, loader));
    loader.awaitEntered();
    Reader<String> joined = Reader.joining(() -> texts.get(KEY, TAG, () -> "alone"));
    PendingWrite write = ledger.begin(TAG);
    loader.release();
    assertEquals("old", early.get());
    assertEquals("alone", joined.get());
    write.close();
    assertEquals(Optional.empty(), texts.getIfPresent(KEY));
  }

  @Test
  void anExpiredValueIsNoLastResortDuringAWrite() throws Exception {
    SetClock clock = new SetClock();
    CachePolicy policy =
        CachePolicy.DEFAULT.ttl(Duration.ofMinutes(1)).failSafe(Duration.ofHours(1));
    try (TieredCache timed = Caches.direct().ledger(ledger).clock(clock).policy(policy).build()) {
      TypedCache<String> view = timed.typed(String.class);
      view.get(KEY, TAG, () -> "old");
      clock.advance(Duration.ofMinutes(2));
      HeldLoader<String> failing =
          HeldLoader.then(
              () -> {
                throw new IllegalStateException("no data");
              });
      Reader<String> reader = Reader.start(() -> view.get(KEY, TAG, failing));
      PendingWrite write = ledger.begin(TAG);
      failing.release();
      assertEquals("no data", reader.failure().getMessage());
      write.close();
    }
  }

  @Test
  void aClosedLedgerServesNothingAnyMore() {
    texts.get(KEY, TAG, () -> "old");
    ledger.close();
    ledger.close();
    assertEquals("new", texts.get(KEY, TAG, () -> "new"));
    assertEquals(Optional.empty(), texts.getIfPresent(KEY));
  }
}
