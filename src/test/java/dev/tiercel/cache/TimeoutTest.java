package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody waits longer for a load than was agreed, and the load goes on. */
class TimeoutTest {
  private static final String KEY = "tasks:1";
  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final CachePolicy EXPIRING =
      CachePolicy.DEFAULT.ttl(Duration.ofMinutes(10)).failSafe(Duration.ofHours(1));

  private final SetClock clock = new SetClock();
  private final TieredCache cache = TieredCache.builder().onlyWriter().clock(clock).build();
  private final TypedCache<String> texts = cache.typed(String.class);
  private final TypedCache<String> hard = texts.policy(CachePolicy.DEFAULT.hardTimeout(AT_ONCE));
  private final TypedCache<String> soft = texts.policy(EXPIRING.softTimeout(AT_ONCE));
  private final TypedCache<String> patient = texts.policy(EXPIRING.hardTimeout(LONG));

  @AfterEach
  void close() {
    cache.close();
  }

  private void expire(String value) {
    texts.policy(EXPIRING).get(KEY, TAG, () -> value);
    clock.advance(Duration.ofMinutes(11));
  }

  /** Waits for the load that is under way. */
  private String awaitLoad(TypedCache<String> view) throws Exception {
    return Reader.start(() -> view.get(KEY, TAG, never())).get();
  }

  @Test
  void aLoaderThatHangsIsLeftAndItsValueIsCachedLater() throws Exception {
    HeldLoader<String> loader = HeldLoader.of("late");
    CacheTimeoutException e =
        assertThrows(CacheTimeoutException.class, () -> hard.get(KEY, TAG, loader));
    assertEquals("the load of key tasks:1 took longer than PT0.001S; it goes on", e.getMessage());
    assertThrows(CacheTimeoutException.class, () -> hard.get(KEY, TAG, never()));
    loader.release();
    assertEquals("late", awaitLoad(patient));
    assertEquals(1, loader.calls());
    assertEquals("late", hard.get(KEY, TAG, never()));
  }

  @Test
  void aLoadThatIsLeftAndThenVoidedIsNotCached() throws Exception {
    HeldLoader<String> loader = HeldLoader.of("old");
    assertThrows(CacheTimeoutException.class, () -> hard.get(KEY, TAG, loader));
    loader.awaitEntered();
    cache.invalidate(TAG);
    Reader<String> late = Reader.joining(() -> patient.get(KEY, TAG, () -> "new"));
    loader.release();
    assertEquals("new", late.get());
    assertEquals("new", texts.get(KEY, TAG, never()));
  }

  @Test
  void theLoaderRunsOnAnotherThread() {
    Thread mine = Thread.currentThread();
    assertEquals(
        "other", patient.get(KEY, TAG, () -> Thread.currentThread() == mine ? "same" : "other"));
  }

  @Test
  void aFailureReachesTheReaderAsItIs() {
    IllegalStateException thrown = new IllegalStateException("no data");
    CacheLoader<String> failing =
        () -> {
          throw thrown;
        };
    assertSame(
        thrown, assertThrows(IllegalStateException.class, () -> patient.get(KEY, TAG, failing)));
  }

  @Test
  void aSlowLoaderIsNotWaitedForWhenThereIsAnExpiredValue() throws Exception {
    expire("expired");
    HeldLoader<String> loader = HeldLoader.of("fresh");
    assertEquals("expired", soft.get(KEY, TAG, loader));
    assertEquals("expired", soft.get(KEY, TAG, never()), "and the next reader does not wait");
    assertEquals(1, cache.stats().expiredServed());
    loader.awaitEntered();
    loader.release();
    clock.advance(Duration.ofSeconds(2));
    assertEquals("fresh", awaitLoad(patient));
    assertEquals("fresh", soft.get(KEY, TAG, never()));
    assertEquals(1, loader.calls());
  }

  @Test
  void anExpiredValueThatWasServedMeanwhileIsNotTakenForTheLoad() {
    SteppedExecutor late = new SteppedExecutor();
    try (TieredCache slow = Caches.direct().executor(late).clock(clock).build()) {
      TypedCache<String> view = slow.typed(String.class).policy(EXPIRING.softTimeout(AT_ONCE));
      slow.typed(String.class).policy(EXPIRING).get(KEY, TAG, () -> "expired");
      clock.advance(Duration.ofMinutes(11));
      assertEquals("expired", view.get(KEY, TAG, () -> "fresh"));
      late.runAll();
      assertEquals("fresh", view.get(KEY, TAG, never()));
    }
  }

  @Test
  void aVoidedValueIsNeverServedInsteadOfASlowOne() throws Exception {
    expire("expired");
    HeldLoader<String> loader = HeldLoader.of("slow");
    CachePolicy policy = EXPIRING.softTimeout(AT_ONCE).hardTimeout(Duration.ofMillis(2));
    cache.invalidate(TAG);
    assertThrows(CacheTimeoutException.class, () -> texts.policy(policy).get(KEY, TAG, loader));
    loader.release();
    assertEquals("slow", awaitLoad(patient));
  }

  @Test
  void aValueThatIsVoidedDuringTheSlowLoadIsNotServedInstead() throws Exception {
    expire("expired");
    HeldLoader<String> loader = HeldLoader.of("old");
    Reader<String> early =
        Reader.joining(
            () -> texts.policy(EXPIRING.softTimeout(Duration.ofSeconds(50))).get(KEY, TAG, loader));
    loader.awaitEntered();
    cache.invalidate(TAG);
    CachePolicy policy = EXPIRING.softTimeout(AT_ONCE).hardTimeout(LONG);
    Reader<String> late = Reader.joining(() -> texts.policy(policy).get(KEY, TAG, () -> "new"));
    loader.release();
    assertEquals("new", late.get());
    assertEquals("old", early.get());
    assertEquals(Optional.of("new"), texts.getIfPresent(KEY));
  }

  @Test
  void aHardTimeoutServesAnExpiredValueToo() {
    expire("expired");
    HeldLoader<String> loader = HeldLoader.of("fresh");
    assertEquals("expired", texts.policy(EXPIRING.hardTimeout(AT_ONCE)).get(KEY, TAG, loader));
    loader.release();
  }

  @Test
  void aReaderWhoIsInterruptedLeavesTheLoadAlone() throws Exception {
    HeldLoader<String> loader = HeldLoader.of("value");
    Reader<String> reader = Reader.joining(() -> patient.get(KEY, TAG, loader));
    loader.awaitEntered();
    reader.interrupt();
    CacheLoadException e = assertInstanceOf(CacheLoadException.class, reader.failure());
    assertEquals("interrupted while waiting for the load of key tasks:1", e.getMessage());
    loader.release();
    assertEquals("value", awaitLoad(patient));
    assertEquals(1, loader.calls());
  }

  @Test
  void aLoaderWithinALoaderRunsOnItsThread() {
    String value =
        patient.get(
            KEY,
            TAG,
            () -> {
              Thread outer = Thread.currentThread();
              return hard.get(
                  "inner", TAG, () -> Thread.currentThread() == outer ? "same" : "other");
            });
    assertEquals("same", value);
  }

  @Test
  void aReaderIsNotLeftWithoutAnAnswerWhenTheCacheIsClosedMeanwhile() throws Exception {
    HeldLoader<String> held = HeldLoader.of("never");
    int[] calls = {0};
    CacheLoader<String> loader = () -> calls[0]++ == 0 ? held.load() : "mine";
    Reader<String> reader = Reader.joining(() -> patient.get(KEY, TAG, loader));
    held.awaitEntered();
    cache.close();
    assertEquals("mine", reader.get());
  }
}
