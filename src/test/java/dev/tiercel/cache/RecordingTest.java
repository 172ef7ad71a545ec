package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A value that is computed outside a loader depends on what was read for it. */
class RecordingTest {
  private static final Tags NONE = Tags.of();

  private final SetClock clock = new SetClock();
  private final TieredCache cache = TieredCache.builder().onlyWriter().clock(clock).build();
  private final TypedCache<String> texts = cache.typed(String.class);

  /* Loads on threads of the cache. */
  private final TypedCache<String> patient =
      texts.policy(CachePolicy.DEFAULT.hardTimeout(Duration.ofMinutes(1)));

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void itDependsOnWhatWasReadSinceItBegan() {
    texts.get("before", Tag.of("before"), () -> "x");
    try (Recording recording = Recording.start(cache)) {
      assertFalse(recording.isDependent());
      texts.get("inner", Tag.of("a"), () -> "x");
      assertTrue(recording.isDependent());
      assertTrue(recording.put(texts, "outer", "y", Tag.of("b")));
    }
    texts.get("after", Tag.of("after"), () -> "x");
    cache.invalidate(Tags.of(Tag.of("before"), Tag.of("after")));
    assertEquals("y", texts.getIfPresent("outer").orElseThrow());
    cache.invalidate(Tag.of("a"));
    assertTrue(texts.getIfPresent("outer").isEmpty());
  }

  @Test
  void itsOwnTagsCountToo() {
    try (Recording recording = Recording.start(cache)) {
      recording.put(texts, "outer", "y", Tag.of("b"));
    }
    cache.invalidate(Tag.of("b"));
    assertTrue(texts.getIfPresent("outer").isEmpty());
  }

  @Test
  void aWriteSinceItBeganVoidsIt() {
    try (Recording recording = Recording.start(cache)) {
      cache.invalidate(Tag.of("b"));
      assertFalse(recording.put(texts, "outer", "y", Tag.of("b")));
    }
    assertTrue(texts.getIfPresent("outer").isEmpty());
  }

  @Test
  void itLivesNoLongerThanWhatWasRead() {
    TypedCache<String> brief = texts.policy(CachePolicy.DEFAULT.ttl(Duration.ofSeconds(5)));
    try (Recording recording = Recording.start(cache)) {
      brief.get("inner", NONE, () -> "x");
      recording.put(texts, "outer", "y", NONE);
    }
    clock.advance(Duration.ofSeconds(6));
    assertTrue(texts.getIfPresent("outer").isEmpty());
  }

  @Test
  void whatIsReadApartIsNotNoted() {
    try (Recording recording = Recording.start(cache)) {
      assertEquals("x", recording.apart(() -> texts.get("inner", Tag.of("a"), () -> "x")));
      assertFalse(recording.isDependent());
      texts.get("inner", Tag.of("a"), () -> "x");
      assertTrue(recording.isDependent());
    }
  }

  @Test
  void aLoaderInsideIsOneOfItsReads() {
    try (Recording recording = Recording.start(cache)) {
      texts.get("middle", NONE, () -> texts.get("inner", Tag.of("a"), () -> "x"));
      recording.put(texts, "outer", "y", NONE);
    }
    cache.invalidate(Tag.of("a"));
    assertTrue(texts.getIfPresent("outer").isEmpty());
  }

  @Test
  void whatIsRefreshedInsideNobodyWaitsForSoTheValueIsNotCached() {
    try (Recording recording = Recording.start(cache)) {
      texts.refresh("inner", Tag.of("a"), () -> "x").toCompletableFuture().join();
      assertFalse(recording.put(texts, "outer", "y", NONE));
    }
  }

  @Test
  void aLoaderStillMayNotRefresh() {
    try (Recording recording = Recording.start(cache)) {
      assertFalse(recording.isDependent());
      assertThrows(
          IllegalStateException.class,
          () ->
              texts.get("outer", NONE, () -> "" + texts.refresh("inner", Tag.of("a"), () -> "x")));
    }
  }

  @Test
  void aCacheOnAnotherLedgerIsRefused() {
    try (TieredCache other = TieredCache.builder().onlyWriter().build();
        Recording recording = Recording.start(other)) {
      assertThrows(IllegalArgumentException.class, () -> recording.put(texts, "outer", "y", NONE));
    }
  }

  @Test
  void aRecordingAroundItDependsOnWhatItNoted() {
    TypedCache<String> brief = texts.policy(CachePolicy.DEFAULT.ttl(Duration.ofSeconds(5)));
    try (Recording recording = Recording.start(cache)) {
      try (Recording within = Recording.start(cache)) {
        brief.get("inner", Tag.of("a"), () -> "x");
        assertTrue(within.isDependent());
      }
      assertTrue(recording.isDependent());
      recording.put(texts, "outer", "y", NONE);
      recording.put(texts, "other", "y", NONE);
    }
    cache.invalidate(Tag.of("b"));
    assertEquals("y", texts.getIfPresent("outer").orElseThrow());
    clock.advance(Duration.ofSeconds(6));
    assertTrue(texts.getIfPresent("other").isEmpty(), "no longer than what was read");
  }

  @Test
  void aWriteEndsWhatARecordingAroundItMade() {
    try (Recording recording = Recording.start(cache)) {
      try (Recording within = Recording.start(cache)) {
        assertTrue(Ledger.of(cache).dependsOn(Tag.of("a")));
        assertTrue(within.isDependent());
      }
      recording.put(texts, "outer", "y", NONE);
    }
    cache.invalidate(Tag.of("a"));
    assertTrue(texts.getIfPresent("outer").isEmpty());
  }

  @Test
  void aLoaderAroundItDependsOnWhatItNoted() {
    texts.get(
        "outer",
        NONE,
        () -> {
          try (Recording within = Recording.start(cache)) {
            return texts.get("inner", Tag.of("a"), () -> "x") + within.isDependent();
          }
        });
    assertTrue(texts.getIfPresent("outer").isPresent());
    cache.invalidate(Tag.of("a"));
    assertTrue(texts.getIfPresent("outer").isEmpty());
  }

  @Test
  void closingItTwiceTakesNothingFromTheLoadersThatFollow() {
    Recording recording = Recording.start(cache);
    recording.close();
    recording.close();
    texts.get("outer", NONE, () -> texts.get("inner", Tag.of("a"), () -> "x"));
    cache.invalidate(Tag.of("a"));
    assertTrue(texts.getIfPresent("outer").isEmpty());
  }

  @Test
  void itIsClosedByItsThreadInnermostFirst() throws Exception {
    try (Recording recording = Recording.start(cache)) {
      CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(recording::close);
      ExecutionException thrown =
          assertThrows(ExecutionException.class, () -> elsewhere.get(30, TimeUnit.SECONDS));
      assertInstanceOf(IllegalStateException.class, thrown.getCause());
      try (Recording within = Recording.start(cache)) {
        assertThrows(IllegalStateException.class, recording::close);
        assertTrue(Ledger.of(cache).dependsOn(Tag.of("a")));
        assertTrue(within.isDependent());
      }
      assertTrue(recording.isDependent(), "still open");
    }
    assertFalse(Ledger.of(cache).dependsOn(Tag.of("a")));
  }

  @Test
  void aReadInsideWaitsForALoadThatIsUnderWay() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<String> first =
        CompletableFuture.supplyAsync(
            () ->
                texts.get(
                    "inner",
                    Tag.of("a"),
                    () -> {
                      begun.countDown();
                      assertTrue(goOn.await(30, TimeUnit.SECONDS));
                      return "once";
                    }),
            RecordingTest::onItsOwnThread);
    assertTrue(begun.await(30, TimeUnit.SECONDS));
    CompletableFuture<String> second =
        CompletableFuture.supplyAsync(
            () -> {
              try (Recording recording = Recording.start(cache)) {
                String value = texts.get("inner", Tag.of("a"), () -> "twice");
                return value + recording.isDependent();
              }
            },
            RecordingTest::onItsOwnThread);
    while (cache.stats().misses() < 2 && !second.isDone()) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    assertEquals("once", first.get(30, TimeUnit.SECONDS));
    assertEquals("oncetrue", second.get(30, TimeUnit.SECONDS));
  }

  private static String failing() {
    throw new IllegalStateException("not found");
  }

  /** What a thread puts that goes on after a read that failed. */
  private boolean putsAfter(Class<? extends RuntimeException> failure, Executable read) {
    try (Recording recording = Recording.start(cache)) {
      assertThrows(failure, read);
      assertTrue(recording.isDependent());
      return recording.put(texts, "outer", "nothing", NONE);
    }
  }

  private void assertUntil(Runnable end) {
    cache.invalidate(Tag.of("b"));
    assertEquals("nothing", texts.getIfPresent("outer").orElseThrow());
    end.run();
    assertTrue(texts.getIfPresent("outer").isEmpty());
  }

  @Test
  void aFailureOfALoadThatItWaitedForIsOneOfItsReads() throws Exception {
    Tag tag = Tag.of("a");
    HeldLoader<String> held = HeldLoader.then(RecordingTest::failing);
    Reader<String> leader = Reader.start(() -> texts.get("inner", tag, held));
    held.awaitEntered();
    Reader<Boolean> joiner =
        Reader.joining(
            () ->
                putsAfter(
                    IllegalStateException.class, () -> texts.get("inner", NONE, Caches.never())));
    held.release();
    assertEquals(IllegalStateException.class, leader.failure().getClass());
    assertTrue(joiner.get());
    assertUntil(() -> cache.invalidate(tag));
  }

  @Test
  void soIsOneOfALoadOnAnotherThread() {
    Executable read = () -> patient.get("inner", Tag.of("a"), RecordingTest::failing);
    assertTrue(putsAfter(IllegalStateException.class, read));
    assertUntil(() -> cache.invalidate(Tag.of("a")));
    assertTrue(putsAfter(IllegalStateException.class, read));
    assertUntil(() -> cache.invalidateKey("inner"));
  }

  @Test
  void itLivesNoLongerThanWhatAFailedLoadHadRead() {
    TypedCache<String> brief = texts.policy(CachePolicy.DEFAULT.ttl(Duration.ofSeconds(5)));
    Executable read =
        () ->
            patient.get(
                "inner", Tag.of("a"), () -> brief.get("brief", NONE, () -> "x") + failing());
    assertTrue(putsAfter(IllegalStateException.class, read));
    assertUntil(() -> clock.advance(Duration.ofSeconds(6)));
  }

  @Test
  void whatFailedAfterSomethingWithoutTagsMakesNothingThatIsCached() {
    CacheLoader<String> loader =
        () -> {
          Ledger.of(cache).dependsOnUnknown();
          return failing();
        };
    Executable read = () -> patient.get("inner", Tag.of("a"), loader);
    assertFalse(putsAfter(IllegalStateException.class, read));
  }

  @Test
  void norDoesWhatItDidNotWaitFor() {
    HeldLoader<String> held = HeldLoader.of("late");
    TypedCache<String> hasty = texts.policy(CachePolicy.DEFAULT.hardTimeout(Duration.ofMillis(1)));
    assertFalse(
        putsAfter(CacheTimeoutException.class, () -> hasty.get("inner", Tag.of("a"), held)));
    held.release();
  }

  @Test
  void norDoesWhatItWasInterruptedIn() throws Exception {
    HeldLoader<String> held = HeldLoader.of("late");
    Reader<Boolean> reader =
        Reader.joining(
            () ->
                putsAfter(CacheLoadException.class, () -> patient.get("inner", Tag.of("a"), held)));
    held.awaitEntered();
    reader.interrupt();
    assertFalse(reader.get());
    held.release();
  }

  /* The common pool has one thread where there are two processors. */
  private static void onItsOwnThread(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }
}
