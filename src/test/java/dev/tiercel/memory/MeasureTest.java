package dev.tiercel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A measured call does what it did, and what it took is known. */
class MeasureTest {
  private static final int MEGABYTE = 1_000_000;

  private final SetSource source = new SetSource();
  private final AtomicLong nanos = new AtomicLong();
  private final List<Measurement> told = new ArrayList<>();
  private final MemoryProfiler profiler =
      MemoryProfiler.builder()
          .source(source)
          .ticker(nanos::get)
          .listener(told::add)
          .names(3)
          .build();

  private String work(int bytes, long took) {
    source.allocate(bytes);
    source.heapUsed += 10;
    source.rss = OptionalLong.of(source.rss.getAsLong() + 20);
    nanos.addAndGet(took);
    return "done";
  }

  /** Makes 10,000,000 bytes of garbage, so that the heap need not be larger for it. */
  private static int tenMegabytes() {
    int length = 0;
    for (int i = 0; i < 100; i++) {
      length += new byte[MEGABYTE / 10].length;
    }
    return length;
  }

  @Test
  void tenMegabytesAreTenMegabytes() {
    MemoryProfiler real = MemoryProfiler.builder().build();
    Measured<Integer> measured = real.measure("garbage", MeasureTest::tenMegabytes);
    assertEquals(10 * MEGABYTE, measured.result());
    assertEquals(10e6, (double) measured.allocatedBytes().orElseThrow(), 0.1e6);
    assertTrue(measured.duration().toNanos() > 0);
  }

  @Test
  void whatOtherThreadsAllocateIsNotCounted() throws Exception {
    Thread other = new Thread(MeasureTest::tenMegabytes);
    Measurement measured =
        MemoryProfiler.system()
            .run(
                "elsewhere",
                () -> {
                  other.start();
                  other.join();
                });
    long bytes = measured.allocatedBytes().orElseThrow();
    assertTrue(bytes < MEGABYTE, () -> "allocated " + bytes);
  }

  @Test
  void aCallHasItsFigures() {
    Measured<String> measured = profiler.measure("work", () -> work(500, 2_500_000));
    assertEquals("done", measured.result());
    assertEquals(
        new Measurement(
            "work",
            false,
            Duration.ofNanos(2_500_000),
            OptionalLong.of(500),
            1_000,
            1_010,
            OptionalLong.of(2_000),
            OptionalLong.of(2_020)),
        measured.measurement());
    assertEquals(List.of(measured.measurement()), told);
    assertEquals(OptionalLong.of(500), measured.allocatedBytes());
    assertEquals(Duration.ofNanos(2_500_000), measured.duration());
  }

  @Test
  void aCallThatFailsIsMeasuredAndThrowsWhatItThrew() {
    IOException failure = new IOException("as asked");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                profiler.measure(
                    "bad",
                    () -> {
                      String unused = work(70, 5);
                      throw failure;
                    }));
    assertSame(failure, thrown);
    assertEquals(0, thrown.getSuppressed().length);
    assertTrue(told.get(0).failed());
    assertEquals(OptionalLong.of(70), told.get(0).allocatedBytes());
    AssertionError error = new AssertionError("even an error");
    assertSame(
        error,
        assertThrows(
            AssertionError.class,
            () ->
                profiler.run(
                    "bad",
                    () -> {
                      throw error;
                    })));
    assertEquals(
        List.of(new OperationStats("bad", 2, 2, 70, 70, Duration.ofNanos(5), Duration.ofNanos(5))),
        profiler.statistics());
  }

  @Test
  void anInnerCallIsPartOfTheOuterOne() {
    profiler.measure(
        "outer",
        () -> {
          String unused = work(100, 1);
          return profiler.measure("inner", () -> work(30, 2)).result();
        });
    assertEquals("inner", told.get(0).name());
    assertEquals(OptionalLong.of(30), told.get(0).allocatedBytes());
    assertEquals("outer", told.get(1).name());
    assertEquals(OptionalLong.of(130), told.get(1).allocatedBytes());
    assertEquals(Duration.ofNanos(3), told.get(1).duration());
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    source.allocated = OptionalLong.empty();
    source.rss = OptionalLong.empty();
    Measurement measured = profiler.run("unknown", () -> nanos.addAndGet(1_000));
    assertTrue(measured.allocatedBytes().isEmpty());
    assertTrue(measured.rssAfterBytes().isEmpty());
    assertEquals(
        "unknown: 0.001 ms, ? B allocated, heap 0.0 -> 0.0 MiB, rss ? -> ? MiB",
        measured.toString());
    assertEquals(0, profiler.statistics().get(0).totalAllocatedBytes());
  }

  @Test
  void statisticsAddUpByName() {
    profiler.measure("a", () -> work(10, 7));
    profiler.measure("a", () -> work(30, 3));
    assertEquals(
        List.of(new OperationStats("a", 2, 0, 40, 30, Duration.ofNanos(10), Duration.ofNanos(7))),
        profiler.statistics());
  }

  @Test
  void namesBeyondTheBoundAreAddedUpTogether() {
    for (int i = 0; i < 10; i++) {
      profiler.measure("name" + i, () -> work(1, 1));
    }
    profiler.measure("name0", () -> work(1, 1));
    List<OperationStats> all = profiler.statistics();
    assertEquals(
        List.of("(other)", "name0", "name1", "name2"),
        all.stream().map(OperationStats::name).toList());
    assertEquals(7, all.get(0).count());
    assertEquals(2, all.get(1).count());
  }

  @Test
  void wrappedCallsAreMeasured() throws Exception {
    Supplier<String> supplier = profiler.supplier("supplier", () -> work(1, 0));
    Callable<String> callable = profiler.callable("callable", () -> work(2, 0));
    Function<Integer, String> function = profiler.function("function", bytes -> work(bytes, 0));
    assertEquals("done", supplier.get());
    assertEquals("done", callable.call());
    assertEquals("done", function.apply(3));
    assertNull(profiler.supplier("function", () -> null).get());
    assertEquals(
        List.of("supplier", "callable", "function", "function"),
        told.stream().map(Measurement::name).toList());
    assertEquals(OptionalLong.of(3), told.get(2).allocatedBytes());
  }

  @Test
  void aListenerThatThrowsCostsNoResult() {
    MemoryProfiler heard =
        MemoryProfiler.builder()
            .source(source)
            .listener(
                measurement -> {
                  throw new IllegalStateException("as asked");
                })
            .build();
    assertEquals("done", heard.measure("work", () -> work(1, 1)).result());
    assertEquals(1, heard.statistics().get(0).count());
  }

  @Test
  void aSourceThatFailsAfterwardsIsSuppressedInWhatTheCallThrew() {
    IOException failure = new IOException("as asked");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                profiler.run(
                    "bad",
                    () -> {
                      source.allocated = null;
                      throw failure;
                    }));
    assertSame(failure, thrown);
    assertEquals(1, thrown.getSuppressed().length);
  }

  @Test
  void eachCallIsOneLineAtDebugAndNoneAbove() throws Exception {
    try (CapturedLog log = new CapturedLog(MemoryProfiler.class)) {
      profiler.measure("quiet", () -> work(1, 1));
      assertEquals(List.of(), log.warnings());
    }
    source.heapUsed = 3 << 20;
    source.rss = OptionalLong.of(100 << 20);
    try (DebugLog log = new DebugLog(MemoryProfiler.class)) {
      profiler.measure("loud", () -> work(12_345, 1_500_000));
      assertThrows(
          IllegalStateException.class,
          () ->
              profiler.run(
                  "bad",
                  () -> {
                    throw new IllegalStateException("as asked");
                  }));
      List<String> lines = log.lines();
      assertEquals(2, lines.size(), lines::toString);
      assertTrue(
          lines
              .get(0)
              .endsWith(
                  "loud: 1.500 ms, 12,345 B allocated, heap 3.0 -> 3.0 MiB, rss 100.0 -> 100.0"
                      + " MiB"),
          lines.get(0));
      assertTrue(lines.get(1).contains("bad failed: "), lines.get(1));
    }
  }

  @Test
  void aCallWithoutANameIsNotMade() {
    assertThrows(IllegalArgumentException.class, () -> profiler.measure(" ", () -> work(1, 1)));
    assertThrows(IllegalArgumentException.class, () -> profiler.supplier("", () -> "x"));
    assertEquals(0, source.allocated.orElseThrow());
    assertFalse(profiler.statistics().iterator().hasNext());
  }
}
