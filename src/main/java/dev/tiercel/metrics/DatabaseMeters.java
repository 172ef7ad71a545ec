package dev.tiercel.metrics;

import dev.tiercel.sqlite.SqliteDatabase;
import io.micrometer.core.instrument.Tags;

/** HikariCP's own meters of the pools of a database, and what else belongs to it. */
record DatabaseMeters(SqliteDatabase database) implements MeterSource {
  @Override
  public void register(MeterSet meters) {
    new ResourceMeters(database.name(), database::resourceStats).register(meters);
    meters.requireAbsent("hikaricp.connections", Tags.of("pool", database.name() + "-read"));
    meters.whenClosed(database.meterPools(meters.registry()));
  }
}
