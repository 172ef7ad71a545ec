package dev.tiercel.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.Tiercel;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.Tags;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.memory.MemoryProfiler;
import dev.tiercel.metrics.TouchedMeters.Failing;
import dev.tiercel.pool.Lease;
import dev.tiercel.pool.ObjectPool;
import dev.tiercel.resource.ResourceManager;
import dev.tiercel.task.DuplicateTaskException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TiercelMetricsTest {
  @TempDir Path folder;
  private final TouchedMeters registry = new TouchedMeters();

  private static Timer operation(MeterRegistry registry, String method, String outcome) {
    return registry
        .get("tiercel.task.operation")
        .tags("repository", "tiercel", "method", method, "outcome", outcome)
        .timer();
  }

  private static Set<String> names(MeterRegistry registry) {
    return registry.getMeters().stream()
        .map(meter -> meter.getId().getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void theFiguresOfAStackAreThoseOfItsParts() {
    try (Tiercel tiercel = Tiercel.open(folder.resolve("tasks.db"))) {
      tiercel.metrics().bindTo(registry);
      assertInstanceOf(MeterBinder.class, tiercel.metrics());
      TaskRepository tasks = tiercel.tasks();
      Task a = tasks.add(Task.titled("a").withId("a"));
      assertThrows(DuplicateTaskException.class, () -> tasks.add(a));
      tasks.count(TaskQuery.all());
      tasks.count(TaskQuery.all());
      tiercel.cache().invalidate(Tags.of(Tag.of("tasks")));
      tasks.count(TaskQuery.all());
      assertEquals(1, registry.value("cache.gets", "cache", "tiercel", "result", "hit"));
      assertEquals(2, registry.value("cache.gets", "cache", "tiercel", "result", "miss"));
      assertEquals(2, registry.value("cache.puts", "cache", "tiercel"));
      assertEquals(1, registry.value("cache.size", "cache", "tiercel"));
      assertEquals(1, registry.value("tiercel.cache.stale.rejected"));
      assertEquals(2, registry.value("tiercel.cache.load"));
      assertEquals(1, registry.value("tiercel.cache.invalidations", "kind", "tags"));
      assertEquals(0, registry.value("tiercel.cache.invalidations", "kind", "key"));
      assertTrue(registry.value("tiercel.cache.memory") > 0);
      assertTrue(registry.value("tiercel.cache.commits") >= 2);
      assertEquals(1, operation(registry, "add", "success").count());
      assertEquals(1, operation(registry, "add", "refused").count());
      assertEquals(2, operation(registry, "count", "success").count());
      assertEquals(0, operation(registry, "find", "success").count());
      assertEquals(2, registry.value("hikaricp.connections.acquire", "pool", "tiercel-read"));
      assertEquals(5, registry.value("tiercel.resources.open", "manager", "tiercel"));
      assertTrue(registry.value("process.memory.rss") > 1 << 20);
    }
  }

  @Test
  void nothingIsBoundUnlessItIsAskedForAndAllIsTakenOutAtTheEnd() {
    SimpleMeterRegistry other = new SimpleMeterRegistry();
    Tiercel tiercel = Tiercel.inMemory();
    TiercelMetrics metrics = tiercel.metrics();
    assertSame(metrics, tiercel.metrics());
    tiercel.tasks().add(Task.titled("a").withId("a"));
    assertEquals(0, registry.touches.get());

    metrics.bindTo(registry);
    int meters = registry.getMeters().size();
    metrics.bindTo(registry);
    assertEquals(meters, registry.getMeters().size());
    metrics.bindTo(other);
    tiercel.tasks().add(Task.titled("b"));
    assertThrows(
        DuplicateTaskException.class, () -> tiercel.tasks().add(Task.titled("a").withId("a")));
    assertEquals(names(registry), names(other));
    assertEquals(1, operation(registry, "add", "success").count());
    assertEquals(1, operation(other, "add", "success").count());

    tiercel.close();
    tiercel.close();
    assertEquals(List.of(), registry.getMeters());
    assertEquals(List.of(), other.getMeters());
    assertThrows(IllegalStateException.class, () -> metrics.bindTo(registry));
    assertEquals(List.of(), registry.getMeters());
  }

  @Test
  void aStackThatIsClosedHasNoMetersAnyMore() {
    Tiercel tiercel = Tiercel.inMemory();
    tiercel.close();
    assertThrows(IllegalStateException.class, () -> tiercel.metrics().bindTo(registry));
  }

  @Test
  void stacksInOneRegistryAreToldApartByTheirNames() {
    try (Tiercel one = Tiercel.open(folder.resolve("one.db"))) {
      one.metrics().bindTo(registry);
      Set<String> alone = names(registry);
      try (Tiercel same = Tiercel.open(folder.resolve("same.db"))) {
        int meters = registry.getMeters().size();
        IllegalStateException refusal =
            assertThrows(IllegalStateException.class, () -> same.metrics().bindTo(registry));
        assertTrue(refusal.toString().contains("Tiercel.builder(file).name("), refusal.toString());
        assertEquals(meters, registry.getMeters().size());
        same.tasks().findAll();
        assertEquals(0, operation(registry, "find", "success").count());
      }
      try (Tiercel two = Tiercel.builder(folder.resolve("two.db")).name("two").build()) {
        two.metrics().bindTo(registry);
        two.tasks().findAll();
        assertEquals(1, registry.value("cache.gets", "cache", "two", "result", "miss"));
        assertEquals(0, registry.value("cache.gets", "cache", "tiercel", "result", "miss"));
        assertEquals(1, registry.value("hikaricp.connections.acquire", "pool", "two-read"));
      }
      assertEquals(alone, names(registry), "the process is still there when one stack goes");
      assertTrue(registry.value("process.memory.rss") > 0);
    }
    assertEquals(List.of(), registry.getMeters());
  }

  @Test
  void stacksWithoutACacheOfTheSameNameAreRefusedToo() {
    try (Tiercel one = Tiercel.builder(folder.resolve("one.db")).uncached().build();
        Tiercel two = Tiercel.builder(folder.resolve("two.db")).uncached().build()) {
      one.metrics().bindTo(registry);
      List<Meter> meters = registry.getMeters();
      assertThrows(IllegalStateException.class, () -> two.metrics().bindTo(registry));
      assertEquals(Set.copyOf(meters), Set.copyOf(registry.getMeters()));
      one.tasks().findAll();
      assertEquals(1, operation(registry, "find", "success").count());
    }
  }

  @Test
  void aRegistryThatFailsIsNoReasonToFail() {
    SimpleMeterRegistry sound = new SimpleMeterRegistry();
    Tiercel tiercel = Tiercel.open(folder.resolve("tasks.db"));
    tiercel.metrics().bindTo(registry);
    tiercel.metrics().bindTo(sound);
    registry.failing = Failing.TELLING;
    TaskRepository tasks = tiercel.tasks();
    tasks.add(Task.titled("a").withId("a"));
    assertThrows(DuplicateTaskException.class, () -> tasks.add(Task.titled("a").withId("a")));
    assertEquals(1, tasks.findAll().size());
    assertEquals(1, tasks.findAll().size());
    assertEquals(1, operation(sound, "find", "success").count());
    assertEquals(1, operation(sound, "add", "success").count());
    registry.failing = Failing.REMOVING;
    tiercel.close();
    assertEquals(List.of(), sound.getMeters());
    Tiercel.open(folder.resolve("tasks.db")).close();
  }

  @Test
  void aRegistryThatFailsWhileItIsBoundKeepsNothing() {
    try (Tiercel tiercel = Tiercel.open(folder.resolve("tasks.db"))) {
      for (int most : new int[] {0, 1, 20, 30, 50}) {
        registry.meters.set(most);
        assertThrows(IllegalStateException.class, () -> tiercel.metrics().bindTo(registry));
        assertEquals(List.of(), registry.getMeters(), () -> "after " + most);
      }
      tiercel.tasks().findAll();
      registry.meters.set(Long.MAX_VALUE);
      tiercel.metrics().bindTo(registry);
      assertEquals(1, registry.value("cache.gets", "result", "miss"));
    }
    assertEquals(List.of(), registry.getMeters());
  }

  @Test
  void aCompositeRegistryHandsThemOnAndTakesThemOut() {
    CompositeMeterRegistry composite = new CompositeMeterRegistry();
    composite.add(registry);
    try (Tiercel tiercel = Tiercel.open(folder.resolve("tasks.db"))) {
      tiercel.metrics().bindTo(composite);
      tiercel.tasks().findAll();
      assertEquals(1, registry.value("cache.gets", "result", "miss"));
      assertEquals(1, operation(registry, "find", "success").count());
      assertEquals(1, registry.value("hikaricp.connections.acquire", "pool", "tiercel-read"));
    }
    assertEquals(List.of(), composite.getMeters());
    assertEquals(List.of(), registry.getMeters());
  }

  private void bindACacheAndForgetIt() {
    TieredCache cache = TieredCache.builder().entries(10).onlyWriter().build();
    cache.typed(String.class).get("a", Tags.of(Tag.of("a")), () -> "a");
    TiercelMetrics.of(cache, "forgotten").bindTo(registry);
  }

  @Test
  void aFigureLastsAsLongAsItsMeter() {
    bindACacheAndForgetIt();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    assertEquals(1, registry.value("cache.size", "cache", "forgotten"));
    assertEquals(1, registry.value("cache.puts", "cache", "forgotten"));
    assertEquals(1, registry.value("tiercel.cache.load", "cache", "forgotten"));
  }

  @Test
  void partsThatAreUsedAloneHaveTheirOwn() throws Exception {
    ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
    try (ResourceManager resources = ResourceManager.named("import");
        ObjectPool<StringBuilder> pool =
            ObjectPool.of(StringBuilder::new).name("builders").maxSize(3).build();
        TiercelMetrics metrics =
            TiercelMetrics.all(
                List.of(
                    TiercelMetrics.of(resources),
                    TiercelMetrics.of(pool),
                    TiercelMetrics.of(executor, "timer"),
                    TiercelMetrics.of(MemoryProfiler.system())))) {
      metrics.bindTo(registry);
      resources.onClose("one", () -> {}).closeNow();
      resources.onClose("two", () -> {});
      assertEquals(2, registry.value("tiercel.resources.registered", "manager", "import"));
      assertEquals(1, registry.value("tiercel.resources.open", "manager", "import"));
      assertEquals(1, registry.value("tiercel.resources.closed", "outcome", "closed"));
      try (Lease<StringBuilder> lease = pool.lease()) {
        lease.get().append("used");
        assertEquals(
            1, registry.value("tiercel.pool.objects", "pool", "builders", "state", "leased"));
        assertEquals(1, registry.value("tiercel.pool.leases", "pool", "builders"));
        assertEquals(3, registry.value("tiercel.pool.size.max", "pool", "builders"));
      }
      executor.submit(() -> {}).get();
      assertEquals(1, registry.value("executor.pool.size", "name", "timer"));
      assertTrue(registry.value("process.memory.vss") >= registry.value("process.memory.rss"));
      double leak = registry.value("tiercel.memory.leak");
      assertTrue(Double.isNaN(leak) || leak == 0, "leak: " + leak);
    } finally {
      executor.shutdownNow();
    }
    assertEquals(List.of(), registry.getMeters());
  }
}
