package dev.tiercel.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.Tiercel;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.memory.MemoryProfiler;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.task.DuplicateTaskException;
import dev.tiercel.task.Task;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry is not ours alone: others put meters there, rename them, bind and close meanwhile. */
class SharedRegistryTest {
  @TempDir Path folder;
  private final MeterRegistry registry = new SimpleMeterRegistry();

  /** Has whatever is bound go by another name than it was given. */
  private void renameEverything() {
    registry
        .config()
        .meterFilter(
            new MeterFilter() {
              @Override
              public Meter.Id map(Meter.Id id) {
                return id.withName("app." + id.getName());
              }
            });
  }

  private Tiercel uncached(String file) {
    return Tiercel.builder(folder.resolve(file)).uncached().build();
  }

  private Timer finds() {
    return registry
        .get("app.tiercel.task.operation")
        .tags("method", "find", "outcome", "success")
        .timer();
  }

  @Test
  void aStackOfTheSameNameIsRefusedThoughAFilterRenamesItsMeters() {
    renameEverything();
    try (Tiercel one = uncached("one.db")) {
      one.metrics().bindTo(registry);
      Set<Meter> meters = Set.copyOf(registry.getMeters());
      try (Tiercel two = uncached("two.db")) {
        assertThrows(IllegalStateException.class, () -> two.metrics().bindTo(registry));
        two.tasks().findAll();
        assertEquals(0, finds().count());
      }
      assertEquals(meters, Set.copyOf(registry.getMeters()), "they are still those of the first");
      one.tasks().findAll();
      assertEquals(1, finds().count());
    }
    assertEquals(List.of(), registry.getMeters());
  }

  @Test
  void aDatabaseOfTheSameNameIsRefusedThoughAFilterRenamesItsMeters() {
    renameEverything();
    // Only HikariCP's meters would be the same.
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("app.tiercel"));
    try (SqliteDatabase one = SqliteDatabase.builder(folder.resolve("one.db")).open();
        SqliteDatabase two = SqliteDatabase.builder(folder.resolve("two.db")).open();
        TiercelMetrics first = TiercelMetrics.of(one)) {
      first.bindTo(registry);
      Set<Meter> meters = Set.copyOf(registry.getMeters());
      try (TiercelMetrics second = TiercelMetrics.of(two)) {
        assertThrows(IllegalStateException.class, () -> second.bindTo(registry));
      }
      assertEquals(meters, Set.copyOf(registry.getMeters()));
      assertNotNull(registry.find("app.hikaricp.connections.acquire").timer());
    }
    assertEquals(List.of(), registry.getMeters());
  }

  @Test
  void whatComesLaterIsNotTakenForOursEither() {
    renameEverything();
    Timer foreign =
        registry.timer(
            "tiercel.task.operation",
            List.of(
                Tag.of("repository", "tiercel"),
                Tag.of("method", "add"),
                Tag.of("outcome", "refused")));
    try (Tiercel tiercel = uncached("tasks.db")) {
      tiercel.metrics().bindTo(registry);
      tiercel.tasks().add(Task.titled("a").withId("a"));
      Task again = Task.titled("a").withId("a");
      assertThrows(DuplicateTaskException.class, () -> tiercel.tasks().add(again));
      assertThrows(DuplicateTaskException.class, () -> tiercel.tasks().add(again));
      assertEquals(0, foreign.count());
    }
    assertEquals(List.of(foreign), registry.getMeters());
  }

  @Test
  void metersThatAFilterMakesOneAreThatOne() {
    registry.config().meterFilter(MeterFilter.ignoreTags("outcome"));
    try (Tiercel tiercel = Tiercel.inMemory()) {
      tiercel.metrics().bindTo(registry);
      tiercel.tasks().add(Task.titled("a").withId("a"));
      Task again = Task.titled("a").withId("a");
      assertThrows(DuplicateTaskException.class, () -> tiercel.tasks().add(again));
      assertEquals(2, registry.get("tiercel.task.operation").tag("method", "add").timer().count());
    }
    assertEquals(List.of(), registry.getMeters());
  }

  @Test
  void metersThatAFilterDeniesAreLeftOut() {
    registry.config().meterFilter(MeterFilter.denyUnless(id -> id.getName().equals("cache.size")));
    try (Tiercel one = Tiercel.open(folder.resolve("one.db"));
        Tiercel two = Tiercel.builder(folder.resolve("two.db")).name("two").build()) {
      one.metrics().bindTo(registry);
      two.metrics().bindTo(registry);
      assertEquals(2, registry.getMeters().size());
    }
    assertEquals(List.of(), registry.getMeters());
  }

  @Test
  void theMemoryOfTheProcessIsLeftToWhoHasItAlready() {
    renameEverything();
    Gauge foreign = Gauge.builder("process.memory.rss", () -> 1).register(registry);
    try (TiercelMetrics memory = TiercelMetrics.of(MemoryProfiler.system())) {
      memory.bindTo(registry);
      assertTrue(registry.getMeters().size() > 1);
      assertEquals(1, registry.get("app.process.memory.rss").gauge().value());
    }
    assertEquals(List.of(foreign), registry.getMeters());
  }

  private static WeakReference<MeterRegistry> bindMemoryAndForget() {
    MeterRegistry forgotten = new SimpleMeterRegistry();
    TiercelMetrics.of(MemoryProfiler.system()).bindTo(forgotten);
    return new WeakReference<>(forgotten);
  }

  @Test
  void aRegistryThatNobodyHasAnyMoreIsGarbage() {
    WeakReference<MeterRegistry> forgotten = bindMemoryAndForget();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (forgotten.get() != null && System.nanoTime() < deadline) {
      System.gc();
    }
    assertNull(forgotten.get());
  }

  @Test
  void theMemoryOfTheProcessStaysAsLongAsOneOfThoseWhoBoundItDoes() {
    TiercelMetrics first = TiercelMetrics.of(MemoryProfiler.system());
    TiercelMetrics second = TiercelMetrics.of(MemoryProfiler.system());
    first.bindTo(registry);
    Set<Meter> meters = Set.copyOf(registry.getMeters());
    second.bindTo(registry);
    first.close();
    System.gc();
    assertEquals(meters, Set.copyOf(registry.getMeters()));
    second.close();
    assertEquals(List.of(), registry.getMeters());
    try (TiercelMetrics third = TiercelMetrics.of(MemoryProfiler.system())) {
      third.bindTo(registry);
      assertEquals(meters.size(), registry.getMeters().size());
    }
  }

  /** Runs calls at the same time, again and again. */
  private static void atOnce(int rounds, List<Callable<Void>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    CyclicBarrier begin = new CyclicBarrier(calls.size());
    try {
      List<Future<Void>> all =
          calls.stream()
              .map(
                  call ->
                      threads.<Void>submit(
                          () -> {
                            for (int i = 0; i < rounds; i++) {
                              begin.await(30, TimeUnit.SECONDS);
                              call.call();
                            }
                            return null;
                          }))
              .toList();
      for (Future<Void> each : all) {
        each.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void oneOfTwoThatBindTheSameNameAtOnceIsRefused() throws Exception {
    try (TieredCache cache = TieredCache.builder().entries(10).onlyWriter().build()) {
      int alone = boundAlone(cache);
      CyclicBarrier bound = new CyclicBarrier(2);
      Callable<Void> bind =
          () -> {
            TiercelMetrics metrics = TiercelMetrics.of(cache, "same");
            try {
              metrics.bindTo(registry);
            } catch (IllegalStateException e) {
              metrics.close();
            }
            bound.await(30, TimeUnit.SECONDS);
            assertEquals(alone, registry.getMeters().size());
            bound.await(30, TimeUnit.SECONDS);
            metrics.close();
            bound.await(30, TimeUnit.SECONDS);
            assertEquals(List.of(), registry.getMeters());
            return null;
          };
      atOnce(100, List.of(bind, bind));
    }
  }

  private int boundAlone(TieredCache cache) {
    try (TiercelMetrics metrics = TiercelMetrics.of(cache, "same")) {
      metrics.bindTo(registry);
      return registry.getMeters().size();
    }
  }

  @Test
  void thoseOfDifferentNamesBindAndCloseAtOnce() throws Exception {
    try (TieredCache cache = TieredCache.builder().entries(10).onlyWriter().build()) {
      atOnce(100, List.of(bindAndClose(cache, "one"), bindAndClose(cache, "two")));
    }
    assertEquals(List.of(), registry.getMeters());
  }

  private Callable<Void> bindAndClose(TieredCache cache, String name) {
    return () -> {
      try (TiercelMetrics metrics =
          TiercelMetrics.all(
              List.of(
                  TiercelMetrics.of(cache, name), TiercelMetrics.of(MemoryProfiler.system())))) {
        metrics.bindTo(registry);
        assertEquals(0, registry.get("cache.size").tag("cache", name).gauge().value());
        assertNotNull(registry.find("process.memory.rss").gauge());
      }
      assertNull(registry.find("cache.size").tag("cache", name).gauge());
      return null;
    };
  }

  @Test
  void aStackThatIsClosedWhileItIsBoundLeavesNothing() {
    for (String closing : List.of("tiercel.task.operation", "hikaricp.connections", "cache.size")) {
      MeterRegistry own = new SimpleMeterRegistry();
      Tiercel tiercel = Tiercel.open(folder.resolve(closing + ".db"));
      own.config()
          .onMeterAdded(
              meter -> {
                if (meter.getId().getName().equals(closing)) {
                  tiercel.close();
                }
              });
      IllegalStateException refusal =
          assertThrows(IllegalStateException.class, () -> tiercel.metrics().bindTo(own));
      assertSame(IllegalStateException.class, refusal.getClass());
      assertTrue(refusal.toString().contains("closed"), refusal.toString());
      assertEquals(List.of(), own.getMeters(), closing);
    }
  }
}
