package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cache says where a value is and why it was missed. */
class ExplanationTest {
  private static final String KEY = "tasks:1";

  private final SetClock clock = new SetClock();
  private final SteppedExecutor executor = new SteppedExecutor();
  private final TieredCache cache =
      TieredCache.builder().onlyWriter().clock(clock).executor(executor).build();
  private final TypedCache<String> texts = cache.typed(String.class);

  @AfterEach
  void close() {
    cache.close();
  }

  private String explain() {
    return cache.explain(KEY).orElseThrow().toString();
  }

  /** What is said of a value that is there and may not be served. */
  private String why() {
    Explanation explanation = cache.explain(KEY).orElseThrow();
    assertFalse(explanation.current());
    return explanation.why().orElseThrow();
  }

  private String lastMiss() {
    return cache.explain(KEY).orElseThrow().lastMiss().orElseThrow();
  }

  private void load() {
    texts.get(KEY, TAG, () -> "value");
  }

  @Test
  void ofAKeyThatNobodyAskedForNothingIsKnown() {
    assertEquals(Optional.empty(), cache.explain(KEY));
  }

  private record Structured(String text) implements CacheKey {}

  @Test
  void aTextStandsForTheKeyThatHasItOrBeginsWithIt() {
    texts.get(new Structured("tasks:7:b"), TAG, () -> "b");
    texts.get(new Structured("tasks:7:a"), TAG, () -> "a");
    texts.getIfPresent(new Structured("tasks:8:missed"));
    assertEquals("tasks:7:b", cache.explain("tasks:7:b").orElseThrow().key());
    assertEquals("tasks:7:a", cache.explain("tasks:7").orElseThrow().key());
    assertEquals("tasks:8:missed", cache.explain("tasks:8").orElseThrow().key());
    assertEquals(Optional.empty(), cache.explain("tasks:7:"));
    assertEquals(Optional.empty(), cache.explain("task"));
    texts.get("tasks:7", TAG, () -> "itself");
    assertEquals("tasks:7", cache.explain("tasks:7").orElseThrow().key());
  }

  @Test
  void aKeyThatWasNeverCachedWasAbsent() {
    texts.getIfPresent(KEY);
    assertEquals(
        "tasks:1: not cached; last missed because nothing was cached: never loaded, or evicted for"
            + " lack of room",
        explain());
  }

  @Test
  void aValueThatIsThereHasAStampAndAnAge() {
    cache.invalidate(Tag.of("x"));
    load();
    clock.advance(Duration.ofSeconds(90));
    Explanation explanation = cache.explain(KEY).orElseThrow();
    assertEquals(KEY, explanation.key());
    assertEquals(List.of("memory"), explanation.tiers());
    assertTrue(explanation.current());
    assertEquals(Optional.empty(), explanation.why());
    assertEquals(1, explanation.stamp());
    assertEquals(Duration.ofSeconds(90), explanation.age());
    assertEquals(
        "tasks:1: in memory, loaded PT1M30S ago, current at 1; last missed because nothing was"
            + " cached: never loaded, or evicted for lack of room",
        explanation.toString());
  }

  @Test
  void aWriteIsNamedWithItsTag() {
    load();
    long write = cache.invalidate(TAG).seq();
    assertEquals("write " + write + " changed task:42", why());
    texts.getIfPresent(KEY);
    assertEquals(
        "a write had made the value void: write " + write + " changed task:42", lastMiss());
    load();
    assertTrue(cache.explain(KEY).orElseThrow().current());
  }

  @Test
  void aReadOfManyIsExplainedToo() {
    load();
    long write = cache.invalidate(TAG).seq();
    texts.getAll(List.of(KEY), key -> TAG, keys -> Map.of());
    assertEquals(
        "a write had made the value void: write " + write + " changed task:42", lastMiss());
  }

  @Test
  void aKeyThatWasInvalidatedIsSaidToBe() {
    load();
    Entry entry = cache.cached(KEY);
    long write = cache.ledger().raise(Raise.key(KEY));
    assertEquals(
        "the key or one of its prefixes was invalidated after write " + (write - 1), why());
    assertFalse(cache.isCurrent(KEY, entry));
  }

  @Test
  void aPatternIsNamed() {
    load();
    long write = cache.invalidatePattern("tasks:?").seq();
    assertEquals("write " + write + " voided the pattern tasks:?", why());
  }

  @Test
  void aFloorIsNamed() {
    load();
    long write = cache.invalidateAll().seq();
    assertEquals("everything was voided by write " + write, why());
  }

  @Test
  void aPrefixThatWasInvalidatedIsSaidToBe() {
    load();
    long write = cache.invalidatePrefix("tasks:").seq();
    assertEquals(
        "the key or one of its prefixes was invalidated after write " + (write - 1), why());
  }

  @Test
  void aWriteUnderWayIsSaidToBe() {
    load();
    PendingWrite write = cache.ledger().begin(TAG);
    assertEquals("a write to what it shows is under way", why());
    texts.get(KEY, TAG, () -> "bypassed");
    assertEquals("a write to what it shows was under way", lastMiss());
    write.close();
  }

  @Test
  void aValueThatIsExpiredIsCurrentAsFarAsWritesGo() {
    TypedCache<String> timed = texts.policy(CachePolicy.DEFAULT.ttl(Duration.ofMinutes(1)));
    timed.get(KEY, TAG, () -> "value");
    clock.advance(Duration.ofMinutes(1));
    assertTrue(cache.explain(KEY).orElseThrow().current());
    timed.getIfPresent(KEY);
    assertEquals("its time was over", lastMiss());
  }

  @Test
  void aCacheThatIsOffIsSaidToBe() {
    load();
    cache.bypass(true);
    load();
    assertEquals("the cache was switched off", lastMiss());
  }

  @Test
  void toExplainIsNotToRead() {
    TypedCache<String> idle = texts.policy(CachePolicy.DEFAULT.idle(Duration.ofMinutes(1)));
    idle.get(KEY, TAG, () -> "value");
    clock.advance(Duration.ofSeconds(59));
    explain();
    clock.advance(Duration.ofSeconds(1));
    assertEquals(Optional.empty(), idle.getIfPresent(KEY));
    CacheStats before = cache.stats();
    explain();
    assertEquals(before, cache.stats());
  }

  @Test
  void theReasonOfAnotherKeyIsNotTakenForMine() {
    for (int i = 0; i < 10_000; i++) {
      texts.getIfPresent("other:" + i);
    }
    cache.explain(KEY).ifPresent(e -> assertEquals(KEY, e.key()));
    load();
    assertEquals("value", texts.get(KEY, TAG, never()));
  }
}
