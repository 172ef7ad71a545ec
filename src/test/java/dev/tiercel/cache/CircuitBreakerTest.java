package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What failed is left alone for a while, which is longer after each outage of its own. */
class CircuitBreakerTest {
  private final SetClock clock = new SetClock();
  private final CircuitBreaker breaker = new CircuitBreaker("tier", CoarseClock.of(clock));

  private static String broken() {
    throw new IllegalStateException("broken");
  }

  /** Whether it is used after a while. */
  private boolean isUsedAfter(Duration step) {
    clock.advance(step);
    boolean[] used = {false};
    breaker.call(
        () -> {
          used[0] = true;
          return broken();
        },
        "");
    return used[0];
  }

  @Test
  void theTimeDoublesWithEachTry() {
    breaker.call(CircuitBreakerTest::broken, "");
    for (int seconds = 1; seconds <= 64; seconds *= 2) {
      assertEquals(false, isUsedAfter(Duration.ofMillis(seconds * 1_000L - 1)));
      assertEquals(true, isUsedAfter(Duration.ofMillis(1)), seconds + " s");
    }
    assertEquals(false, isUsedAfter(Duration.ofMillis(63_999)));
    assertEquals(true, isUsedAfter(Duration.ofMillis(1)), "no longer than that");
  }

  @Test
  void manyThatFailAtOnceAreOneOutage() {
    failInside(20);
    assertEquals(20, breaker.failures());
    assertEquals(true, isUsedAfter(Duration.ofSeconds(1)));
  }

  /* Each begins while all before it are under way. */
  private void failInside(int depth) {
    if (depth > 0) {
      breaker.call(
          () -> {
            failInside(depth - 1);
            return broken();
          },
          "");
    }
  }

  @Test
  void oneSuccessEndsTheOutage() {
    breaker.call(CircuitBreakerTest::broken, "");
    clock.advance(Duration.ofSeconds(1));
    breaker.call(CircuitBreakerTest::broken, "");
    clock.advance(Duration.ofSeconds(2));
    assertEquals("works", breaker.call(() -> "works", ""));
    breaker.call(CircuitBreakerTest::broken, "");
    assertEquals(true, isUsedAfter(Duration.ofSeconds(1)), "it begins anew");
  }
}
