package dev.tiercel.sqlite;

import static dev.tiercel.sqlite.NumberTable.numbers;
import static dev.tiercel.sqlite.NumberTable.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.resource.ResourceStats;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HikariCP's own meters of both pools, in any number of registries. */
class PoolMetersTest {
  @TempDir Path folder;

  private static Set<String> pools(MeterRegistry registry) {
    Set<String> pools = new TreeSet<>();
    for (Meter meter : registry.getMeters()) {
      assertTrue(
          meter.getId().getName().startsWith("hikaricp.connections"), meter.getId().getName());
      pools.add(String.valueOf(meter.getId().getTag("pool")));
    }
    return pools;
  }

  private static Timer acquired(MeterRegistry registry, String pool) {
    return registry.get("hikaricp.connections.acquire").tag("pool", pool).timer();
  }

  @Test
  void bothPoolsAreMeteredByHikariCpInEachRegistryUntilItIsTakenOut() {
    MeterRegistry one = new SimpleMeterRegistry();
    MeterRegistry two = new SimpleMeterRegistry();
    try (SqliteDatabase database = NumberTable.in(folder).name("billing").open()) {
      write(database, 1);
      Runnable end = database.meterPools(one);
      assertEquals(Set.of("billing-read", "billing-write"), pools(one));
      write(database, 2);
      assertEquals(List.of(1L, 2L), numbers(database));
      assertEquals(1, acquired(one, "billing-read").count());
      assertEquals(1, acquired(one, "billing-write").count());
      database.meterPools(two);
      numbers(database);
      assertEquals(2, acquired(one, "billing-read").count());
      assertEquals(1, acquired(two, "billing-read").count());
      end.run();
      end.run();
      assertEquals(List.of(), one.getMeters());
      numbers(database);
      assertEquals(2, acquired(two, "billing-read").count());
    }
    assertEquals(List.of(), two.getMeters(), "closing the database takes them out");
  }

  @Test
  void whatWasLentOutBeforeDoesNotSpoilTheTimes() {
    MeterRegistry registry = new SimpleMeterRegistry();
    try (SqliteDatabase database = NumberTable.in(folder).open()) {
      database.<Runnable>read(session -> database.meterPools(registry));
      Timer usage = registry.get("hikaricp.connections.usage").tag("pool", "tiercel-read").timer();
      assertEquals(0, usage.count());
      numbers(database);
      assertEquals(1, usage.count());
      assertTrue(usage.max(TimeUnit.MINUTES) < 1);
    }
  }

  @Test
  void aRegistryThatFailsCostsItsFiguresOnly() {
    MeterRegistry broken =
        new SimpleMeterRegistry() {
          @Override
          protected Timer newTimer(
              Meter.Id id, DistributionStatisticConfig config, PauseDetector detector) {
            Timer timer = super.newTimer(id, config, detector);
            return new BrokenTimer(timer);
          }

          @Override
          public Meter remove(Meter meter) {
            throw new IllegalStateException("as asked");
          }
        };
    MeterRegistry sound = new SimpleMeterRegistry();
    try (SqliteDatabase database = NumberTable.in(folder).open()) {
      database.meterPools(broken);
      database.meterPools(sound);
      write(database, 1);
      assertEquals(List.of(1L), numbers(database));
      assertEquals(1, acquired(sound, "tiercel-read").count());
    }
    assertEquals(List.of(), sound.getMeters());
  }

  private record BrokenTimer(Timer timer) implements Timer {
    @Override
    public void record(long amount, TimeUnit unit) {
      throw new IllegalStateException("as asked");
    }

    @Override
    public void record(Runnable work) {
      throw new IllegalStateException("as asked");
    }

    @Override
    public <T> T record(Supplier<T> work) {
      throw new IllegalStateException("as asked");
    }

    @Override
    public <T> T recordCallable(Callable<T> work) {
      throw new IllegalStateException("as asked");
    }

    @Override
    public long count() {
      return timer.count();
    }

    @Override
    public double totalTime(TimeUnit unit) {
      return timer.totalTime(unit);
    }

    @Override
    public double max(TimeUnit unit) {
      return timer.max(unit);
    }

    @Override
    public TimeUnit baseTimeUnit() {
      return timer.baseTimeUnit();
    }

    @Override
    public HistogramSnapshot takeSnapshot() {
      return timer.takeSnapshot();
    }

    @Override
    public Id getId() {
      return timer.getId();
    }
  }

  @Test
  void aDatabaseThatIsClosedWhileItIsMeteredLeavesNothing() {
    for (String closing : List.of("one-read", "one-write")) {
      MeterRegistry registry = new SimpleMeterRegistry();
      SqliteDatabase database = NumberTable.in(folder).name("one").open();
      registry
          .config()
          .onMeterAdded(
              meter -> {
                if (closing.equals(meter.getId().getTag("pool"))) {
                  database.close();
                }
              });
      Runnable end = database.meterPools(registry);
      assertEquals(List.of(), registry.getMeters(), closing);
      end.run();
    }
  }

  @Test
  void whatIsNoRegistryIsRefused() {
    try (SqliteDatabase database = NumberTable.in(folder).open()) {
      IllegalArgumentException refusal =
          assertThrows(IllegalArgumentException.class, () -> database.meterPools("no registry"));
      assertTrue(refusal.toString().contains("java.lang.String"), refusal.toString());
    }
    SqliteDatabase closed = NumberTable.in(folder).open();
    closed.close();
    assertThrows(SqliteException.class, () -> closed.meterPools(new SimpleMeterRegistry()));
  }

  @Test
  void aNameIsOfPlainCharacters() {
    SqliteDatabaseBuilder builder = NumberTable.in(folder);
    for (String bad : List.of("", " ", "a:b", "ä", "x".repeat(101))) {
      var refusal = assertThrows(IllegalArgumentException.class, () -> builder.name(bad));
      assertTrue(refusal.toString().contains("'" + bad + "'"), refusal.toString());
    }
    var refusal = assertThrows(NullPointerException.class, () -> builder.name(null));
    assertEquals("name must not be null", refusal.getMessage());
  }

  @Test
  void theResourcesOfAnOpenDatabaseAreCounted() {
    SqliteDatabase database = NumberTable.in(folder).busyTimeout(Duration.ofSeconds(1)).open();
    assertEquals(5, database.resourceStats().open());
    database.close();
    ResourceStats closed = database.resourceStats();
    assertEquals(new ResourceStats(closed.name(), 5, 0, 5, 0, 0), closed);
  }
}
