package dev.tiercel.metrics;

import dev.tiercel.resource.ResourceStats;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The figures of a resource manager. */
record ResourceMeters(String name, Supplier<ResourceStats> stats) implements MeterSource {
  @Override
  public void register(MeterSet meters) {
    Tags tags = Tags.of("manager", name);
    meters.counter(
        "tiercel.resources.registered",
        null,
        "Resources that the manager was given charge of",
        tags,
        () -> stats.get().registered());
    meters.gauge(
        "tiercel.resources.open",
        null,
        "Resources that the manager has still to close",
        tags,
        () -> stats.get().open());
    closed(meters, tags.and("outcome", "closed"), ResourceStats::closed);
    closed(meters, tags.and("outcome", "failed"), ResourceStats::failed);
    closed(meters, tags.and("outcome", "timed_out"), ResourceStats::timedOut);
  }

  private void closed(MeterSet meters, Tags tags, ToLongFunction<ResourceStats> count) {
    meters.counter(
        "tiercel.resources.closed",
        null,
        "Resources that were closed, by how that ended",
        tags,
        () -> count.applyAsLong(stats.get()));
  }
}
