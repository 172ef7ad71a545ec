package dev.tiercel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.memory.LeakVerdict.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Samples are taken in time and the newest kept; the leak watch sees each collection once. */
class SamplingTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SetSource source = new SetSource();
  private final SetTimer timer = new SetTimer();
  private final Instant begin = timer.instant();
  private final List<LeakVerdict> told = new ArrayList<>();

  private MemoryProfilerBuilder profiler() {
    return MemoryProfiler.builder()
        .source(source)
        .clock(timer)
        .schedule(timer)
        .samples(3)
        .leakListener(told::add);
  }

  private static List<Instant> times(List<MemorySnapshot> samples) {
    return samples.stream().map(MemorySnapshot::at).toList();
  }

  @Test
  void theNewestAreKeptInOrder() {
    try (MemoryProfiler profiler = profiler().every(SECOND).build()) {
      timer.advance(Duration.ZERO);
      assertEquals(List.of(begin), times(profiler.samples(10)));
      timer.advance(Duration.ofSeconds(4));
      assertEquals(
          List.of(begin.plusSeconds(2), begin.plusSeconds(3), begin.plusSeconds(4)),
          times(profiler.samples(10)));
      assertEquals(List.of(begin.plusSeconds(3), begin.plusSeconds(4)), times(profiler.samples(2)));
      assertEquals(List.of(), profiler.samples(0));
      assertThrows(IllegalArgumentException.class, () -> profiler.samples(-1));
    }
  }

  @Test
  void whatWasHandedOutDoesNotChange() {
    MemoryProfiler profiler = profiler().build();
    profiler.sample();
    List<MemorySnapshot> before = profiler.samples(3);
    profiler.sample();
    assertEquals(1, before.size());
    assertThrows(UnsupportedOperationException.class, before::clear);
    assertThrows(UnsupportedOperationException.class, () -> profiler.statistics().clear());
    assertThrows(UnsupportedOperationException.class, () -> profiler.liveSets().clear());
  }

  @Test
  void nothingRunsUnlessItIsAskedFor() {
    MemoryProfiler profiler = profiler().build();
    assertFalse(timer.isPlanned());
    profiler.close();
  }

  @Test
  void closingEndsItAndLeavesTheSchedule() {
    MemoryProfiler profiler = profiler().every(SECOND).build();
    timer.advance(SECOND);
    profiler.close();
    profiler.close();
    assertFalse(timer.isPlanned());
    assertFalse(timer.isShutdown());
    timer.advance(Duration.ofSeconds(10));
    assertEquals(2, profiler.samples(10).size());
    profiler.sample();
    assertEquals(3, profiler.samples(10).size(), "by hand it goes on");
  }

  @Test
  void closingItWithinASampleEndsItToo() {
    List<MemoryProfiler> open = new ArrayList<>();
    MemoryProfiler profiler =
        profiler()
            .leakWatch(LeakDetector.standard().needing(12), 60)
            .leakListener(verdict -> open.get(0).close())
            .every(SECOND)
            .build();
    open.add(profiler);
    collect(profiler, 11, 1_000_000);
    source.longLivedCount++;
    source.liveSet = OptionalLong.of(source.liveSet.getAsLong() + 1_000_000);
    timer.advance(SECOND);
    assertTrue(profiler.leak().isLeak());
    assertFalse(timer.isPlanned());
  }

  @Test
  void aSampleThatFailsIsNotTheLast() {
    try (MemoryProfiler profiler = profiler().every(SECOND).build()) {
      timer.advance(Duration.ZERO);
      source.rss = null;
      timer.advance(SECOND);
      source.rss = OptionalLong.of(1);
      timer.advance(SECOND);
      assertEquals(List.of(begin, begin.plusSeconds(2)), times(profiler.samples(10)));
    }
  }

  @Test
  void aScheduleThatWasShutDownIsNoReasonToFail() {
    try (MemoryProfiler profiler = profiler().every(SECOND).build()) {
      timer.shutdown();
      timer.advance(SECOND);
      assertFalse(timer.isPlanned());
      assertEquals(1, profiler.samples(10).size());
    }
  }

  @Test
  void itsOwnThreadIsADaemonAndEndsWithIt() throws InterruptedException {
    CountDownLatch sampled = new CountDownLatch(3);
    AtomicReference<Thread> thread = new AtomicReference<>();
    MemorySource counting =
        new MemorySource() {
          @Override
          public MemorySnapshot snapshot(Instant at) {
            thread.set(Thread.currentThread());
            sampled.countDown();
            return source.snapshot(at);
          }

          @Override
          public OptionalLong allocatedBytes() {
            return source.allocatedBytes();
          }

          @Override
          public long heapUsedBytes() {
            return source.heapUsedBytes();
          }

          @Override
          public OptionalLong rssBytes() {
            return source.rssBytes();
          }
        };
    MemoryProfiler profiler =
        MemoryProfiler.builder().source(counting).every(Duration.ofMillis(1)).build();
    assertTrue(sampled.await(30, TimeUnit.SECONDS));
    assertTrue(thread.get().isDaemon());
    assertEquals("tiercel-memory", thread.get().getName());
    profiler.close();
    thread.get().join(30_000);
    assertFalse(thread.get().isAlive());
  }

  @Test
  void oneCollectionIsSeenOnceHoweverManySamplesThereAre() {
    MemoryProfiler profiler = profiler().build();
    profiler.sample();
    assertEquals(List.of(), profiler.liveSets(), "before the first collection");
    source.liveSet = OptionalLong.of(50);
    source.longLivedCount = 1;
    profiler.sample();
    timer.advance(SECOND);
    source.heapUsed = 1 << 30;
    profiler.sample();
    assertEquals(List.of(new LiveSet(begin, 50)), profiler.liveSets());
    source.longLivedCount = 2;
    profiler.sample();
    assertEquals(
        List.of(new LiveSet(begin, 50), new LiveSet(begin.plusSeconds(1), 50)),
        profiler.liveSets());
    source.liveSet = OptionalLong.of(40);
    timer.advance(SECOND);
    profiler.sample();
    assertEquals(new LiveSet(begin.plusSeconds(2), 40), profiler.liveSets().get(2), "mixed");
  }

  /** Collects what is long-lived in each sample, over {@code bytes} that stay each time. */
  private void collect(MemoryProfiler profiler, int samples, long bytes) {
    for (int i = 0; i < samples; i++) {
      source.longLivedCount++;
      source.liveSet = OptionalLong.of(source.liveSet.orElse(100_000_000) + bytes);
      profiler.sample();
      timer.advance(SECOND);
    }
  }

  @Test
  void aLeakIsToldOnceAndTheVerdictStays() {
    MemoryProfiler profiler = profiler().build();
    assertEquals(Kind.NOT_ENOUGH_SAMPLES, profiler.leak().kind());
    collect(profiler, 39, 1_000_000);
    assertEquals(Kind.NOT_ENOUGH_SAMPLES, profiler.leak().kind());
    collect(profiler, 40, 1_000_000);
    assertTrue(profiler.leak().isLeak());
    assertEquals(1, told.size());
    assertEquals(1e6, told.get(0).bytesPerSecond(), 1);
    assertEquals(60, profiler.leak().samples(), "of the newest");
    assertEquals(60, profiler.liveSets().size());
    assertSame(profiler.leak(), profiler.leak());
    collect(profiler, 60, 0);
    assertEquals(Kind.STEADY, profiler.leak().kind());
    collect(profiler, 60, 1_000_000);
    assertEquals(2, told.size(), "it leaks again");
  }

  @Test
  void garbageThatGrowsIsNoLeak() {
    MemoryProfiler profiler = profiler().build();
    for (int i = 0; i < 60; i++) {
      source.heapUsed += 10_000_000;
      source.longLivedCount++;
      source.liveSet = OptionalLong.of(100_000_000);
      profiler.sample();
      timer.advance(SECOND);
    }
    assertEquals(Kind.STEADY, profiler.leak().kind());
  }

  @Test
  void aLeakListenerThatThrowsCostsNothing() {
    MemoryProfiler profiler =
        profiler()
            .leakListener(
                verdict -> {
                  throw new IllegalStateException("as asked");
                })
            .build();
    collect(profiler, 60, 1_000_000);
    assertTrue(profiler.leak().isLeak());
  }

  @Test
  void badSettingsAreRefusedWithValueAndRange() {
    MemoryProfilerBuilder builder = MemoryProfiler.builder();
    for (Duration bad : List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofDays(366))) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> builder.every(bad)).getMessage();
      assertTrue(message.contains(bad.toString()) && message.contains("1 ms"), message);
    }
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> builder.samples(0))
            .getMessage()
            .contains("between 1 and 1,000,000, but are 0"));
    assertThrows(IllegalArgumentException.class, () -> builder.names(0));
    String window =
        assertThrows(
                IllegalArgumentException.class,
                () -> builder.leakWatch(LeakDetector.standard(), 39))
            .getMessage();
    assertTrue(window.contains("between 40 and 1,000, but are 39"), window);
    assertThrows(NullPointerException.class, () -> builder.source(null));
  }
}
