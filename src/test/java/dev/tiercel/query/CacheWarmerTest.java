package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.CachePolicy;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.Tags;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypedCache;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A warmer makes its calls in time, whatever becomes of one of them. */
@Timeout(60)
class CacheWarmerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Tags TAG = Tag.of("task:1");

  private final SetTimer timer = new SetTimer();
  private final TieredCache cache =
      TieredCache.builder().onlyWriter().clock(timer).executor(Runnable::run).build();
  private final List<WarmOutcome> told = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();

  private CacheWarmerBuilder warmer() {
    return CacheWarmer.builder(cache)
        .schedule(timer, timer)
        .executor(Runnable::run)
        .jitter(0)
        .listener(told::add);
  }

  @AfterEach
  void close() {
    cache.close();
  }

  private void assertCalls(String... expected) {
    assertEquals(List.of(expected), calls);
    calls.clear();
  }

  @Test
  void eachQueryHasItsTime() {
    try (CacheWarmer warmer =
        warmer()
            .query("often", MINUTE, () -> calls.add("often"))
            .query("seldom", MINUTE.multipliedBy(2), () -> calls.add("seldom"))
            .start()) {
      timer.advance(Duration.ZERO);
      assertCalls("often", "seldom");
      timer.advance(MINUTE.minusMillis(1));
      assertCalls();
      timer.advance(Duration.ofMillis(1));
      assertCalls("often");
      timer.advance(MINUTE);
      assertCalls("seldom", "often"); // As they were planned.
      WarmOutcome often = warmer.outcomes().get(0);
      assertEquals(3, often.rounds());
      assertEquals(new WarmReport(1, 0, 0), often.last());
      assertEquals(new WarmTotals(3, 0, 0, Duration.ZERO), often.totals());
      assertEquals(Optional.of(timer.instant().plus(MINUTE)), often.next());
    }
  }

  @Test
  void itFillsTheCache() throws InterruptedException {
    TypedCache<String> texts = cache.typed(String.class);
    AtomicInteger loads = new AtomicInteger();
    try (CacheWarmer warmer =
        warmer()
            .query("text", MINUTE, () -> texts.get("key", TAG, () -> "" + loads.incrementAndGet()))
            .start()) {
      assertEquals(new WarmReport(1, 0, 0), warmer.warmNow());
      assertEquals("1", texts.get("key", TAG, () -> "loaded"));
      cache.invalidate(Tag.of("task:1"));
      timer.advance(MINUTE);
      assertEquals(Optional.of("2"), texts.getIfPresent("key"));
    }
  }

  @Test
  void aFailureIsReportedAndTriedAgainSoonerAndThenMoreSlowly() throws InterruptedException {
    AtomicBoolean broken = new AtomicBoolean(true);
    try (CacheWarmer warmer =
        warmer()
            .retry(SECOND)
            .query(
                "bad",
                Duration.ofSeconds(5),
                () -> {
                  calls.add("bad");
                  if (broken.get()) {
                    throw new IOException("as asked");
                  }
                  return "good";
                })
            .query("good", MINUTE, () -> calls.add("good"))
            .start()) {
      timer.advance(Duration.ZERO);
      assertCalls("bad", "good");
      WarmOutcome bad = warmer.outcomes().get(0);
      assertEquals(new WarmReport(0, 1, 0), bad.last());
      assertEquals(Optional.of("java.io.IOException: as asked"), bad.error());
      for (int seconds : new int[] {1, 2, 4, 5, 5}) {
        timer.advance(Duration.ofSeconds(seconds).minusMillis(1));
        assertCalls();
        timer.advance(Duration.ofMillis(1));
        assertCalls("bad");
      }
      broken.set(false);
      assertEquals(new WarmReport(2, 0, 0), warmer.warmNow());
      assertEquals(Optional.empty(), warmer.outcomes().get(0).error());
      assertEquals(1, warmer.outcomes().get(0).totals().warmed());
      assertEquals(6, warmer.outcomes().get(0).totals().failed());
      calls.clear();
      timer.advance(Duration.ofSeconds(5));
      assertCalls("bad");
    }
  }

  @Test
  void oneArgumentThatFailsCostsNoOther() throws InterruptedException {
    try (CacheWarmer warmer =
        warmer()
            .queries(
                "agents",
                MINUTE,
                () -> List.of("a", "b", "c"),
                agent -> {
                  calls.add(agent);
                  if (agent.equals("b")) {
                    throw new AssertionError("even an error");
                  }
                })
            .start()) {
      assertEquals(new WarmReport(2, 1, 0), warmer.warmNow());
      assertCalls("a", "b", "c");
      assertEquals(1, told.size());
      assertEquals("agents", told.get(0).name());
    }
  }

  @Test
  void argumentsThatCannotBeHadAreAFailure() throws InterruptedException {
    try (CacheWarmer warmer =
        warmer()
            .<String>queries(
                "agents",
                MINUTE,
                () -> {
                  throw new IOException("no list");
                },
                calls::add)
            .start()) {
      assertEquals(new WarmReport(0, 1, 0), warmer.warmNow());
      assertEquals(Optional.of("java.io.IOException: no list"), warmer.outcomes().get(0).error());
    }
  }

  @Test
  void callsFollowEachOtherAtTheRate() {
    try (CacheWarmer warmer =
        warmer()
            .rate(4)
            .queries("many", MINUTE, () -> List.of("a", "b", "c", "d", "e"), calls::add)
            .start()) {
      timer.advance(Duration.ofMillis(249));
      assertCalls("a");
      timer.advance(Duration.ofMillis(1));
      assertCalls("b");
      assertEquals(2, warmer.outcomes().get(0).done());
      assertEquals(5, warmer.outcomes().get(0).total());
      timer.advance(Duration.ofMillis(750));
      assertCalls("c", "d", "e");
      assertEquals(0, warmer.outcomes().get(0).total());
    }
  }

  @Test
  void thousandsOfKeysOfASlowSourceEndWithTheBudget() {
    List<String> keys = IntStream.range(0, 5_000).mapToObj(i -> "" + i).toList();
    try (CacheWarmer warmer =
        warmer()
            .rate(10)
            .budget(Duration.ofSeconds(60))
            .queries("many", MINUTE, () -> keys, calls::add)
            .start()) {
      timer.advance(Duration.ofSeconds(61));
      WarmReport last = warmer.outcomes().get(0).last();
      assertEquals(5_000, last.warmed() + last.left());
      assertTrue(last.warmed() >= 599 && last.warmed() <= 601, last::toString);
      timer.advance(MINUTE.plusSeconds(1));
      assertEquals("0", calls.get(last.warmed()), "the next round begins with the first");
    }
  }

  @Test
  void aCallThatNeverEndsIsInterruptedAndStopsNobodyElse() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch other = new CountDownLatch(1);
    AtomicInteger interrupted = new AtomicInteger();
    ExecutorService threads = Executors.newCachedThreadPool();
    try (CacheWarmer warmer =
        warmer()
            .executor(threads)
            .listener(outcome -> other.countDown())
            .budget(SECOND)
            .query(
                "endless",
                MINUTE,
                () -> {
                  begun.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } finally {
                    interrupted.incrementAndGet();
                  }
                  return "";
                })
            .query("good", MINUTE, () -> "good")
            .start()) {
      Future<WarmReport> report = threads.submit(warmer::warmNow);
      begun.await();
      other.await();
      timer.advance(SECOND);
      assertEquals(new WarmReport(1, 1, 0), report.get());
      assertEquals(1, interrupted.get());
      String error = warmer.outcomes().get(0).error().orElseThrow();
      assertTrue(error.contains("it took longer than PT1S"), error);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void whatAListenerOrAnExecutorThrowsEndsNoSchedule() throws InterruptedException {
    AtomicBoolean noThread = new AtomicBoolean();
    try (CacheWarmer warmer =
        warmer()
            .executor(
                work -> {
                  if (noThread.get()) {
                    throw new OutOfMemoryError("no thread, as asked");
                  }
                  work.run();
                })
            .listener(
                outcome -> {
                  throw new AssertionError("as asked");
                })
            .query("good", MINUTE, () -> calls.add("good"))
            .start()) {
      assertEquals(new WarmReport(1, 0, 0), warmer.warmNow());
      noThread.set(true);
      assertEquals(new WarmReport(0, 1, 0), warmer.warmNow());
      noThread.set(false);
      calls.clear();
      timer.advance(MINUTE);
      assertFalse(calls.isEmpty());
    }
  }

  @Test
  void itStopsWhenItIsClosed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    ExecutorService threads = Executors.newCachedThreadPool();
    CacheWarmer warmer =
        warmer()
            .executor(threads)
            .queries(
                "endless",
                MINUTE,
                () -> List.of(1, 2),
                i -> {
                  begun.countDown();
                  new CountDownLatch(1).await();
                })
            .start();
    Future<WarmReport> report = threads.submit(warmer::warmNow);
    begun.await();
    warmer.close();
    assertEquals(new WarmReport(0, 1, 1), report.get());
    assertEquals(0, timer.planned());
    assertEquals(WarmReport.NOTHING, warmer.warmNow());
    warmer.close();
    threads.shutdown();
  }

  @Test
  void itStopsBetweenTwoCalls() throws Exception {
    CacheWarmer warmer =
        warmer().rate(1).queries("slow", MINUTE, () -> List.of("a", "b"), calls::add).start();
    timer.advance(Duration.ZERO);
    assertCalls("a");
    warmer.close();
    timer.advance(MINUTE);
    assertCalls();
    assertEquals(new WarmReport(1, 0, 1), warmer.outcomes().get(0).last());
    assertEquals(0, timer.planned());
  }

  @Test
  void aKeyIsLoadedAgainAsLongAsSomebodyReadsIt() {
    TypedCache<String> texts =
        cache.typed(String.class).policy(CachePolicy.DEFAULT.ttl(Duration.ofSeconds(70)));
    AtomicInteger loads = new AtomicInteger();
    Duration unread = MINUTE.multipliedBy(3);
    try (CacheWarmer warmer =
        warmer()
            .key(texts, "key", TAG, () -> "" + loads.incrementAndGet(), MINUTE, unread)
            .start()) {
      timer.advance(Duration.ZERO);
      for (int minute = 1; minute <= 5; minute++) {
        assertEquals(Optional.of("" + minute), texts.getIfPresent("key"), "it never expires");
        timer.advance(MINUTE);
        assertEquals(minute + 1, loads.get());
      }
      timer.advance(MINUTE.multipliedBy(10));
      int unreadLoads = loads.get();
      assertTrue(unreadLoads <= 9, () -> unreadLoads + " loads");
      timer.advance(MINUTE.multipliedBy(10));
      assertEquals(unreadLoads, loads.get(), "nobody reads it");
      assertEquals(new WarmReport(0, 0, 1), warmer.outcomes().get(0).last());
      assertEquals("the reader's", texts.get("key", TAG, () -> "the reader's"));
      timer.advance(MINUTE);
      assertEquals(unreadLoads + 1, loads.get(), "somebody read it");
    }
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    CacheWarmerBuilder builder = warmer().query("a", MINUTE, () -> 1);
    assertRefused("two queries are called 'a'", () -> builder.query("a", MINUTE, () -> 1));
    assertRefused("needs a name", () -> builder.query(" ", MINUTE, () -> 1));
    assertRefused("every must be positive", () -> builder.query("b", Duration.ZERO, () -> 1));
    assertRefused("rate must be above 0", () -> builder.rate(0));
    assertRefused("rate must be above 0", () -> builder.rate(Double.NaN));
    assertRefused("jitter must be between 0 and 1", () -> builder.jitter(1.5));
    Duration forever = ChronoUnit.FOREVER.getDuration();
    assertRefused("every must be at most 36500 days", () -> builder.query("b", forever, () -> 1));
    assertRefused("budget must be positive", () -> builder.budget(SECOND.negated()));
    assertRefused("retry must be positive", () -> builder.retry(Duration.ZERO));
  }

  private static void assertRefused(String said, Runnable call) {
    var refusal = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
  }

  @Test
  void itsOwnThreadsDoTheSame() throws InterruptedException {
    CountDownLatch twice = new CountDownLatch(2);
    try (CacheWarmer warmer =
        CacheWarmer.builder(cache)
            .query(
                "often",
                Duration.ofMillis(1),
                () -> {
                  twice.countDown();
                  return 1;
                })
            .start()) {
      twice.await();
      assertFalse(warmer.outcomes().isEmpty());
    }
  }
}
