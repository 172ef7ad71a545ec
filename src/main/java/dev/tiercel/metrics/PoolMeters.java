package dev.tiercel.metrics;

import dev.tiercel.pool.ObjectPool;
import dev.tiercel.pool.PoolStats;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToLongFunction;

/** The figures of an object pool. */
record PoolMeters(ObjectPool<?> pool) implements MeterSource {
  @Override
  public void register(MeterSet meters) {
    objects(meters);
    waiting(meters);
    lives(meters);
  }

  private void objects(MeterSet meters) {
    String help = "Objects of the pool; those in use beyond its bound apart";
    gauge(meters, "objects", help, tags().and("state", "idle"), PoolStats::idle);
    gauge(meters, "objects", help, tags().and("state", "leased"), PoolStats::leased);
    gauge(meters, "objects", help, tags().and("state", "overflowing"), PoolStats::overflowing);
    gauge(meters, "size.max", "Objects that the pool may have", tags(), PoolStats::maxSize);
    gauge(
        meters,
        "suspected",
        "Objects that were lent out for suspiciously long",
        tags(),
        PoolStats::suspected);
  }

  private void waiting(MeterSet meters) {
    counter(meters, "leases", "Leases that have begun", tags(), PoolStats::leases);
    counter(meters, "refused", "Callers who got no object", tags(), PoolStats::refused);
    gauge(meters, "waiting", "Threads that wait for an object", tags(), PoolStats::waiting);
    meters.timer(
        "tiercel.pool.wait",
        "Leases for which the caller waited",
        tags(),
        () -> pool.stats().waits(),
        () -> pool.stats().waitTime());
    meters.timeGauge(
        "tiercel.pool.wait.longest",
        "How long the longest wait for an object took",
        tags(),
        () -> pool.stats().longestWait());
  }

  private void lives(MeterSet meters) {
    counter(meters, "creations", "Objects that were made", tags(), PoolStats::created);
    counter(
        meters,
        "creation.failures",
        "Times that the factory threw or returned null",
        tags(),
        PoolStats::creationFailures);
    counter(
        meters,
        "overflows",
        "Objects that were made beyond the bound",
        tags(),
        PoolStats::overflowed);
    counter(meters, "disposals", "Objects that were disposed of", tags(), PoolStats::disposed);
    counter(
        meters,
        "disposal.failures",
        "Times that disposing of an object threw",
        tags(),
        PoolStats::disposalFailures);
    String help = "Objects that were disposed of before the pool was closed, by what was wrong";
    counter(meters, "retired", help, tags().and("cause", "expired"), PoolStats::expired);
    counter(meters, "retired", help, tags().and("cause", "invalid"), PoolStats::invalid);
    counter(meters, "retired", help, tags().and("cause", "invalidated"), PoolStats::invalidated);
  }

  private void counter(
      MeterSet meters, String name, String help, Tags tags, ToLongFunction<PoolStats> count) {
    meters.counter("tiercel.pool." + name, null, help, tags, () -> count.applyAsLong(pool.stats()));
  }

  private void gauge(
      MeterSet meters, String name, String help, Tags tags, ToLongFunction<PoolStats> value) {
    meters.gauge("tiercel.pool." + name, null, help, tags, () -> value.applyAsLong(pool.stats()));
  }

  private Tags tags() {
    return Tags.of("pool", pool.name());
  }
}
