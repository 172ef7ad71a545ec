package dev.tiercel.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a builder refuses, and says. */
class ObjectPoolBuilderTest {
  private final ObjectPoolBuilder<Item> builder = ObjectPool.of(Item::new);

  private static void refused(String message, Executable setting) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, setting).getMessage());
  }

  @Test
  void numbersOutOfRangeAreNamed() {
    refused("maxSize must be 1 to 65536, but was 0", () -> builder.maxSize(0));
    refused("maxSize must be 1 to 65536, but was 65537", () -> builder.maxSize(65_537));
    refused("minIdle must be 0 to 65536, but was -1", () -> builder.minIdle(-1));
    refused("traceBorrowers must be 0 to 2147483647, but was -1", () -> builder.traceBorrowers(-1));
    refused("name must not be blank, but was ' '", () -> builder.name(" "));
    refused(
        "minIdle must be at most maxSize, 3, but was 4",
        () -> builder.maxSize(3).minIdle(4).build());
  }

  @Test
  void timesOutOfRangeAreNamed() {
    refused("maxAge must be 1 ms to 365 days, but was PT0S", () -> builder.maxAge(Duration.ZERO));
    refused(
        "idleTimeout must be 1 ms to 365 days, but was PT-1S",
        () -> builder.idleTimeout(Duration.ofSeconds(-1)));
    refused(
        "leakAfter must be 1 ms to 365 days, but was PT8784H",
        () -> builder.leakAfter(Duration.ofDays(366)));
    refused(
        "upkeepEvery must be 1 ms to 365 days, but was PT0.000001S",
        () -> builder.upkeepEvery(Duration.ofNanos(1000)));
    refused(
        "leaseTimeout must be zero or more, but was PT-1S",
        () -> builder.leaseTimeout(Duration.ofSeconds(-1)));
  }

  @Test
  void nothingMayBeNull() {
    assertThrows(NullPointerException.class, () -> ObjectPool.of(null));
    assertThrows(NullPointerException.class, () -> builder.name(null));
    assertThrows(NullPointerException.class, () -> builder.leaseTimeout(null));
    assertThrows(NullPointerException.class, () -> builder.whenExhausted(null));
    assertThrows(NullPointerException.class, () -> builder.onRelease(null));
    assertThrows(NullPointerException.class, () -> builder.onDispose(null));
    assertThrows(NullPointerException.class, () -> builder.validateIdle(null));
    assertThrows(NullPointerException.class, () -> builder.maxAge(null));
    assertThrows(NullPointerException.class, () -> builder.upkeep(null));
    assertThrows(NullPointerException.class, () -> builder.ticker(null));
  }

  @Test
  void oneBuilderBuildsSeveralPools() {
    builder.name("items").maxSize(1);
    try (ObjectPool<Item> one = builder.build();
        ObjectPool<Item> other = builder.build()) {
      assertNotSame(one.use(item -> item), other.use(item -> item));
      assertEquals("items", other.name());
      assertEquals(1, other.stats().maxSize());
    }
  }
}
