package dev.tiercel.metrics;

import dev.tiercel.async.AsyncCalls;
import dev.tiercel.async.AsyncStats;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToLongFunction;

/** The figures of asynchronous calls. */
record AsyncMeters(AsyncCalls calls, String name) implements MeterSource {
  @Override
  public void register(MeterSet meters) {
    String help = "Calls that are not over, by how far they are";
    gauge(meters, "calls", help, tags().and("state", "running"), AsyncStats::running);
    gauge(meters, "calls", help, tags().and("state", "waiting"), AsyncStats::waiting);
    gauge(meters, "streams", "Streams that are open", tags(), AsyncStats::streams);
    ended(meters, "completed", AsyncStats::completed);
    ended(meters, "failed", AsyncStats::failed);
    ended(meters, "cancelled", AsyncStats::cancelled);
    ended(meters, "timed_out", AsyncStats::timedOut);
    ended(meters, "rejected", AsyncStats::rejected);
  }

  private void gauge(
      MeterSet meters, String what, String help, Tags tags, ToLongFunction<AsyncStats> value) {
    meters.gauge("tiercel.async." + what, null, help, tags, () -> value.applyAsLong(calls.stats()));
  }

  private void ended(MeterSet meters, String outcome, ToLongFunction<AsyncStats> count) {
    meters.counter(
        "tiercel.async.ended",
        null,
        "Calls that are over, by how they ended; refused streams are among the rejected",
        tags().and("outcome", outcome),
        () -> count.applyAsLong(calls.stats()));
  }

  private Tags tags() {
    return Tags.of("calls", name);
  }
}
