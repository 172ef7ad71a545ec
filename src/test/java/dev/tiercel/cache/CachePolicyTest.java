package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Settings that make no sense are refused, and the message says what would. */
class CachePolicyTest {
  private static final CachePolicy POLICY = CachePolicy.DEFAULT;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  @Test
  void timesOutOfRangeAreRefused() {
    assertEquals(
        "ttl must be 0, or between 1 ms and 24 days, but is PT-1S",
        refused(() -> POLICY.ttl(Duration.ofSeconds(-1))));
    assertEquals(
        "hardTimeout must be 0, or between 1 ms and 24 days, but is PT577H",
        refused(() -> POLICY.hardTimeout(Duration.ofHours(577))));
    assertEquals(
        "idle must be 0, or between 1 ms and 24 days, but is PT0.0005S",
        refused(() -> POLICY.idle(Duration.ofNanos(500_000))));
    List<BiFunction<CachePolicy, Duration, CachePolicy>> setters =
        List.of(
            CachePolicy::ttl,
            CachePolicy::idle,
            CachePolicy::softTimeout,
            CachePolicy::hardTimeout,
            CachePolicy::failSafe,
            CachePolicy::negative,
            CachePolicy::failures);
    for (BiFunction<CachePolicy, Duration, CachePolicy> setter : setters) {
      refused(() -> setter.apply(POLICY, Duration.ofNanos(-1)));
      refused(() -> setter.apply(POLICY, Duration.ofDays(25)));
      assertThrows(NullPointerException.class, () -> setter.apply(POLICY, null));
      assertEquals(POLICY, setter.apply(setter.apply(POLICY, MINUTE), Duration.ZERO));
      assertNotEquals(POLICY, setter.apply(POLICY, Duration.ofDays(24)));
      assertNotEquals(POLICY, setter.apply(POLICY, Duration.ofMillis(1)));
    }
  }

  @Test
  void sharesOutOfRangeAreRefused() {
    for (double wrong : new double[] {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertEquals(
          "jitter must be between 0 and 1, but is " + wrong, refused(() -> POLICY.jitter(wrong)));
    }
    for (double wrong : new double[] {-0.1, 100.1, Double.NaN}) {
      assertEquals(
          "eager must be between 0 and 100, but is " + wrong, refused(() -> POLICY.eager(wrong)));
    }
  }

  @Test
  void whatIsAboutExpiryNeedsATimeToLive() {
    String needsTtl =
        "jitter, eager, softTimeout and failSafe are about values that expire; set a ttl too";
    for (CachePolicy policy :
        List.of(
            POLICY.jitter(0.1),
            POLICY.eager(1),
            POLICY.softTimeout(MINUTE),
            POLICY.failSafe(MINUTE))) {
      assertEquals(needsTtl, refused(() -> TieredCache.builder().policy(policy)));
      try (TieredCache cache = Caches.direct().build()) {
        TypedCache<String> texts = cache.typed(String.class);
        assertEquals(needsTtl, refused(() -> texts.policy(policy)));
      }
    }
  }

  @Test
  void aSoftTimeoutNeedsSomethingToServe() {
    assertEquals(
        "softTimeout serves expired values, and failSafe says for how long; set it too",
        refused(() -> TieredCache.builder().policy(POLICY.ttl(MINUTE).softTimeout(MINUTE))));
  }

  @Test
  void aSoftTimeoutIsShorterThanAHardOne() {
    CachePolicy policy = POLICY.ttl(MINUTE).failSafe(MINUTE).hardTimeout(MINUTE);
    assertEquals(
        "softTimeout PT1M must be shorter than hardTimeout PT1M",
        refused(() -> TieredCache.builder().policy(policy.softTimeout(MINUTE))));
    TieredCache.builder().policy(policy.softTimeout(Duration.ofSeconds(59)));
  }

  @Test
  void aLedgerInMemoryNeedsATimeToLiveOrAPromise() {
    String needsTtl =
        "an in-memory ledger knows only what this process writes; set a ttl, or declare"
            + " onlyWriter() if nobody else does";
    assertEquals(
        needsTtl,
        assertThrows(IllegalStateException.class, () -> TieredCache.builder().build())
            .getMessage());
    try (Ledger ledger = Ledger.inMemory()) {
      assertThrows(IllegalStateException.class, () -> TieredCache.builder().ledger(ledger).build());
    }
    try (TieredCache cache = TieredCache.builder().ttl(MINUTE).build()) {
      TypedCache<String> texts = cache.typed(String.class);
      assertEquals(needsTtl, refused(() -> texts.policy(CachePolicy.DEFAULT.negative(MINUTE))));
      texts.policy(CachePolicy.DEFAULT.ttl(MINUTE));
    }
    TieredCache.builder().onlyWriter().build().close();
  }

  @Test
  void theShortWayToATimeToLiveKeepsTheRest() {
    try (TieredCache cache =
        TieredCache.builder().policy(POLICY.negative(MINUTE)).ttl(MINUTE).build()) {
      assertEquals(POLICY.negative(MINUTE).ttl(MINUTE), cache.typed(String.class).policy());
    }
  }
}
