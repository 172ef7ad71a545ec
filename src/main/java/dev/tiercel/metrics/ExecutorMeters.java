package dev.tiercel.metrics;

import dev.tiercel.resource.ExecutorStats;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;

/** The figures of an executor, by the names that Micrometer gives them for any executor. */
record ExecutorMeters(String name, Supplier<ExecutorStats> stats) implements MeterSource {
  @Override
  public void register(MeterSet meters) {
    Tags tags = Tags.of("name", name);
    meters.counter(
        "executor.completed", "tasks", "Tasks that are done", tags, () -> stats.get().completed());
    meters.gauge(
        "executor.active", "threads", "Threads that are at work", tags, () -> stats.get().active());
    meters.gauge(
        "executor.queued",
        "tasks",
        "Tasks that wait for a thread",
        tags,
        () -> stats.get().queued());
    meters.gauge(
        "executor.pool.size",
        "threads",
        "Threads that there are",
        tags,
        () -> stats.get().threads());
    meters.gauge(
        "executor.pool.max",
        "threads",
        "Threads that there may be",
        tags,
        () -> stats.get().maxThreads());
  }
}
