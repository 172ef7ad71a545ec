package dev.tiercel.metrics;

import dev.tiercel.sqlite.SqliteDatabase;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;

/** HikariCP's own meters of the pools of a database, and what else belongs to it. */
record DatabaseMeters(SqliteDatabase database) implements MeterSource {
  private static final String CONNECTIONS = "hikaricp.connections";

  @Override
  public void register(MeterSet meters) {
    new ResourceMeters(database.name(), database::resourceStats).register(meters);
    List<String> pools = List.of(database.name() + "-read", database.name() + "-write");
    pools.forEach(pool -> meters.requireFree(CONNECTIONS, Tags.of("pool", pool)));
    // Last, when HikariCP has taken out its own: of a registry that fails in between it has lost
    // track.
    meters.whenClosed(() -> removeLeft(meters.registry(), pools));
    meters.whenClosed(database.meterPools(meters.registry()));
  }

  private static void removeLeft(MeterRegistry registry, List<String> pools) {
    for (Meter meter : registry.getMeters()) {
      String pool = meter.getId().getTag("pool");
      if (meter.getId().getName().startsWith(CONNECTIONS) && pool != null && pools.contains(pool)) {
        registry.remove(meter);
      }
    }
  }
}
