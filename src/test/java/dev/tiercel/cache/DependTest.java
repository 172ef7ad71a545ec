package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.OTHER;
import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tags that a value is given afterwards count as of its load. */
class DependTest {
  private final SetClock clock = new SetClock();
  private final TieredCache cache = Caches.direct().clock(clock).build();
  private final TypedCache<String> texts = cache.typed(String.class);

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void aLaterTagVoidsTheValue() {
    texts.get("board", TAG, () -> "board");
    texts.depend("board", OTHER);
    assertEquals("board", texts.get("board", TAG, never()));
    cache.invalidate(OTHER);
    assertEquals(Optional.empty(), texts.getIfPresent("board"));
  }

  @Test
  void theEarlierTagsAreKept() {
    texts.get("tasks:board", TAG, () -> "board");
    texts.depend("tasks:board", OTHER);
    texts.depend("tasks:board", Tags.of(Tag.of("x"), Tag.of("y")));
    cache.invalidate(TAG);
    assertEquals(Optional.empty(), texts.getIfPresent("tasks:board"));
    texts.get("tasks:board", TAG, () -> "board");
    texts.depend("tasks:board", OTHER);
    cache.invalidatePrefix("tasks:");
    assertEquals(Optional.empty(), texts.getIfPresent("tasks:board"));
  }

  @Test
  void aWriteSinceTheLoadCounts() {
    texts.get("board", TAG, () -> "board");
    cache.invalidate(OTHER);
    texts.depend("board", OTHER);
    assertEquals(Optional.empty(), texts.getIfPresent("board"));
  }

  @Test
  void aWriteSinceTheLoadCountsAlsoIfTheValueWasFoundCurrentAfterIt() {
    texts.get("board", TAG, () -> "board");
    cache.invalidate(OTHER);
    assertEquals("board", texts.get("board", TAG, never()));
    cache.invalidate(Tag.of("x"));
    assertEquals("board", texts.get("board", TAG, never()));
    texts.depend("board", OTHER);
    assertEquals(Optional.empty(), texts.getIfPresent("board"));
  }

  @Test
  void aWriteToOthersSinceTheLoadDoesNotCount() {
    texts.get("board", TAG, () -> "board");
    cache.invalidate(Tag.of("x"));
    texts.depend("board", OTHER);
    assertEquals("board", texts.get("board", TAG, never()));
  }

  @Test
  void theTimeOfTheValueStaysTheSame() {
    TypedCache<String> timed = texts.policy(CachePolicy.DEFAULT.ttl(Duration.ofMinutes(1)));
    timed.get("board", TAG, () -> "board");
    clock.advance(Duration.ofSeconds(59));
    timed.depend("board", OTHER);
    assertEquals("board", timed.get("board", TAG, never()));
    clock.advance(Duration.ofSeconds(1));
    assertEquals(Optional.empty(), timed.getIfPresent("board"));
  }

  @Test
  void anUnknownKeyIsRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> texts.depend("board", OTHER));
    assertEquals(
        "key board is not cached as java.lang.String; give its tags when it is loaded",
        e.getMessage());
  }

  @Test
  void aKeyOfAnotherTypeIsRefused() {
    texts.get("board", TAG, () -> "board");
    TypedCache<Integer> numbers = cache.typed(Integer.class);
    assertThrows(IllegalArgumentException.class, () -> numbers.depend("board", OTHER));
  }

  @Test
  void tooManyTagsFallTogether() {
    texts.get("tasks:board", TAG, () -> "board");
    texts.depend("tasks:board", Caches.many("task", 256));
    texts.depend("tasks:board", Caches.many("agent", 256));
    assertEquals("board", texts.get("tasks:board", TAG, never()));
    cache.invalidate(Tag.of("x"));
    assertEquals(Optional.empty(), texts.getIfPresent("tasks:board"));
  }

  @Test
  void aRememberedFailureIsNoValue() {
    TypedCache<String> remembering =
        texts.policy(CachePolicy.DEFAULT.failures(Duration.ofMinutes(1)));
    CacheLoader<String> failing =
        () -> {
          throw new IllegalStateException("no data");
        };
    assertThrows(IllegalStateException.class, () -> remembering.get("tasks:a", TAG, failing));
    assertThrows(IllegalArgumentException.class, () -> remembering.depend("tasks:a", OTHER));
    assertThrows(CacheLoadException.class, () -> remembering.get("tasks:a", TAG, failing));
  }
}
