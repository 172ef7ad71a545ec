package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.OTHER;
import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What happens when loaders fail, or find nothing: what is expired may help, what is void never.
 */
class FailSafeTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final CachePolicy FAIL_SAFE =
      CachePolicy.DEFAULT.ttl(MINUTE).failSafe(Duration.ofMinutes(10));

  private final SetClock clock = new SetClock();
  private final TieredCache cache = Caches.direct().clock(clock).build();
  private final TypedCache<String> safe = cache.typed(String.class).policy(FAIL_SAFE);
  private final TypedCache<String> remembering =
      cache.typed(String.class).policy(CachePolicy.DEFAULT.failures(SECOND));
  private final TypedCache<String> negative =
      cache.typed(String.class).policy(CachePolicy.DEFAULT.negative(MINUTE));
  private final IllegalStateException thrown = new IllegalStateException("no data");
  private final AtomicInteger failed = new AtomicInteger();

  @AfterEach
  void close() {
    cache.close();
  }

  private String failing() {
    failed.incrementAndGet();
    throw thrown;
  }

  private void assertFails(TypedCache<String> view) {
    int before = failed.get();
    assertSame(
        thrown,
        assertThrows(IllegalStateException.class, () -> view.get("tasks:a", TAG, this::failing)));
    assertEquals(before + 1, failed.get());
  }

  private void assertFailureRemembered() {
    CacheLoadException e =
        assertThrows(CacheLoadException.class, () -> remembering.get("tasks:a", TAG, never()));
    assertSame(thrown, e.getCause());
    assertEquals("the loader of key tasks:a failed a moment ago: " + thrown, e.getMessage());
  }

  @Test
  void anExpiredValueHelpsWhenTheLoaderFails() {
    safe.get("tasks:a", TAG, () -> "old");
    clock.advance(MINUTE);
    assertEquals("old", safe.get("tasks:a", TAG, this::failing));
    assertEquals(1, cache.stats().expiredServed());
    assertEquals("old", safe.get("tasks:a", TAG, never()), "for a second nobody tries again");
    clock.advance(SECOND);
    assertEquals("old", safe.get("tasks:a", TAG, this::failing));
    assertEquals(2, failed.get());
    clock.advance(SECOND);
    assertEquals("new", safe.get("tasks:a", TAG, () -> "new"));
  }

  @Test
  void itHelpsForAWhileOnly() {
    safe.get("tasks:a", TAG, () -> "old");
    clock.advance(Duration.ofMinutes(11).minusMillis(1));
    assertEquals("old", safe.get("tasks:a", TAG, this::failing));
    clock.advance(Duration.ofMillis(1));
    assertFails(safe);
  }

  @Test
  void withoutItAnExpiredValueIsGone() {
    TypedCache<String> texts = safe.policy(CachePolicy.DEFAULT.ttl(MINUTE));
    texts.get("tasks:a", TAG, () -> "old");
    clock.advance(MINUTE);
    assertFails(texts);
  }

  @Test
  void anErrorIsNoReasonToFailEither() {
    safe.get("tasks:a", TAG, () -> "old");
    clock.advance(MINUTE);
    assertEquals(
        "old",
        safe.get(
            "tasks:a",
            TAG,
            () -> {
              throw new StackOverflowError();
            }));
  }

  @ParameterizedTest
  @EnumSource(InvalidationTest.Way.class)
  void aVoidedValueNeverHelps(InvalidationTest.Way way) {
    String key = "tasks:agent:a7:page:4";
    for (boolean duringTheLoad : new boolean[] {false, true}) {
      safe.get(key, TAG, () -> "old");
      clock.advance(MINUTE);
      if (!duringTheLoad) {
        way.act(cache);
      }
      assertSame(
          thrown,
          assertThrows(
              IllegalStateException.class,
              () ->
                  safe.get(
                      key,
                      TAG,
                      () -> {
                        if (duringTheLoad) {
                          way.act(cache);
                        }
                        return failing();
                      })));
    }
  }

  @Test
  void aValueThatIsVoidedWhileItIsTheLastResortIsGone() {
    safe.get("tasks:a", TAG, () -> "old");
    clock.advance(MINUTE);
    assertEquals("old", safe.get("tasks:a", TAG, this::failing));
    cache.invalidate(TAG);
    assertFails(safe);
  }

  @Test
  void aLoaderThatFindsNothingEndsTheLastResort() {
    safe.get("tasks:a", TAG, () -> "old");
    clock.advance(MINUTE);
    assertNull(safe.get("tasks:a", TAG, () -> null));
    assertFails(safe);
  }

  @Test
  void aFailureIsNotCachedUnlessThatIsWished() {
    TypedCache<String> texts = cache.typed(String.class);
    assertFails(texts);
    assertFails(texts);
  }

  @Test
  void aFailureIsRememberedTwiceAsLongEachTime() {
    for (int i = 0; i < 10; i++) {
      assertFails(remembering);
      Duration remembered = SECOND.multipliedBy(1L << Math.min(i, 6));
      clock.advance(remembered.minusMillis(1));
      assertFailureRemembered();
      clock.advance(Duration.ofMillis(1));
    }
    assertEquals("now", remembering.get("tasks:a", TAG, () -> "now"));
    assertEquals("now", remembering.get("tasks:a", TAG, never()));
  }

  @Test
  void aSuccessOrALongTimeMakesItsCountBeginAnew() {
    assertFails(remembering);
    clock.advance(SECOND);
    assertFails(remembering);
    clock.advance(Duration.ofSeconds(2 + 2 * 2));
    assertFails(remembering);
    clock.advance(SECOND);
    assertFails(remembering);
  }

  @Test
  void aFailureIsForgottenWithItsTags() {
    assertFails(remembering);
    cache.invalidate(OTHER);
    assertFailureRemembered();
    cache.invalidate(TAG);
    assertFails(remembering);
    clock.advance(SECOND);
    assertFails(remembering);
  }

  @Test
  void theFirstFailureAfterAWriteIsRemembered() {
    remembering.get("tasks:a", TAG, () -> "old");
    cache.invalidate(TAG);
    assertFails(remembering);
    assertFailureRemembered();
  }

  @Test
  void aFailureThatAWriteOvertookIsNotRemembered() {
    assertThrows(
        IllegalStateException.class,
        () ->
            remembering.get(
                "tasks:a",
                TAG,
                () -> {
                  cache.invalidate(TAG);
                  return failing();
                }));
    assertEquals("now", remembering.get("tasks:a", TAG, () -> "now"));
  }

  @Test
  void anErrorIsNotRemembered() {
    assertThrows(
        StackOverflowError.class,
        () ->
            remembering.get(
                "tasks:a",
                TAG,
                () -> {
                  throw new StackOverflowError();
                }));
    assertEquals("now", remembering.get("tasks:a", TAG, () -> "now"));
  }

  @Test
  void anInterruptIsNotRemembered() {
    CacheLoadException e =
        assertThrows(
            CacheLoadException.class,
            () ->
                remembering.get(
                    "tasks:a",
                    TAG,
                    () -> {
                      throw new InterruptedException();
                    }));
    assertTrue(Thread.interrupted());
    assertInstanceOf(InterruptedException.class, e.getCause());
    assertEquals("now", remembering.get("tasks:a", TAG, () -> "now"));
  }

  @Test
  void aCheckedFailureIsRememberedToo() {
    assertThrows(
        CacheLoadException.class,
        () ->
            remembering.get(
                "tasks:a",
                TAG,
                () -> {
                  throw new IOException("disk");
                }));
    CacheLoadException e =
        assertThrows(CacheLoadException.class, () -> remembering.get("tasks:a", TAG, never()));
    assertEquals("disk", e.getCause().getMessage());
  }

  @Test
  void aRememberedFailureIsNoValue() {
    assertFails(remembering);
    assertEquals(Optional.empty(), remembering.getIfPresent("tasks:a"));
    assertEquals(
        Map.of("tasks:a", "now"),
        remembering.getAll(List.of("tasks:a"), key -> TAG, keys -> Map.of("tasks:a", "now")));
    assertEquals("now", remembering.get("tasks:a", TAG, never()));
  }

  @Test
  void aFailedRefreshDoesNotReplaceAValue() {
    remembering.get("tasks:a", TAG, () -> "kept");
    remembering.refresh("tasks:a", TAG, this::failing);
    assertEquals(1, failed.get());
    assertEquals("kept", remembering.get("tasks:a", TAG, never()));
  }

  @Test
  void aFailureDoesNotReplaceTheLastResort() {
    TypedCache<String> both = safe.policy(FAIL_SAFE.failures(Duration.ofHours(1)));
    both.get("tasks:a", TAG, () -> "old");
    clock.advance(MINUTE);
    assertEquals("old", both.get("tasks:a", TAG, this::failing));
    clock.advance(SECOND);
    assertEquals("old", both.get("tasks:a", TAG, this::failing));
  }

  @Test
  void thatThereIsNothingIsNotCachedUnlessThatIsWished() {
    TypedCache<String> texts = cache.typed(String.class);
    assertNull(texts.get("tasks:a", TAG, () -> null));
    assertEquals("now", texts.get("tasks:a", TAG, () -> "now"));
  }

  @Test
  void thatThereIsNothingIsKnownForAWhile() {
    assertNull(negative.get("tasks:a", TAG, () -> null));
    assertNull(negative.get("tasks:a", TAG, never()));
    assertEquals(Optional.empty(), negative.getIfPresent("tasks:a"));
    clock.advance(MINUTE);
    assertEquals("now", negative.get("tasks:a", TAG, () -> "now"));
    clock.advance(MINUTE);
    assertEquals("now", negative.get("tasks:a", TAG, never()), "a value has the other time");
  }

  @Test
  void anInsertEndsThatThereIsNothing() {
    assertNull(negative.get("tasks:a", TAG, () -> null));
    cache.invalidate(TAG);
    assertEquals("inserted", negative.get("tasks:a", TAG, () -> "inserted"));
  }

  @Test
  void thatThereIsNothingIsNoLastResort() {
    TypedCache<String> both = negative.policy(FAIL_SAFE.negative(MINUTE));
    assertNull(both.get("tasks:a", TAG, () -> null));
    clock.advance(MINUTE);
    assertFails(both);
  }

  @Test
  void aFailureThatTookLongIsRememberedFromItsEndOn() {
    CacheLoader<String> slow =
        () -> {
          clock.advance(MINUTE);
          return failing();
        };
    assertSame(
        thrown,
        assertThrows(IllegalStateException.class, () -> remembering.get("tasks:a", TAG, slow)));
    assertFailureRemembered();
    clock.advance(SECOND);
    assertFails(remembering);
    clock.advance(SECOND);
    assertFailureRemembered(); // For twice as long.
  }

  @Test
  void thatNothingIsThereIsNotRememberedWithoutATag() {
    assertNull(negative.get("tasks:a", Tags.of(), () -> null));
    assertEquals("there", negative.get("tasks:a", Tags.of(), () -> "there"));
  }
}
