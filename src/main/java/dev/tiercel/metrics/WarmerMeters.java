package dev.tiercel.metrics;

import dev.tiercel.query.CacheWarmer;
import dev.tiercel.query.WarmOutcome;
import dev.tiercel.query.WarmTotals;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.ToLongFunction;

/** The figures of each query of a warmer. */
record WarmerMeters(CacheWarmer warmer, String name) implements MeterSource {
  @Override
  public void register(MeterSet meters) {
    List<WarmOutcome> queries = warmer.outcomes();
    for (int i = 0; i < queries.size(); i++) {
      int query = i;
      Tags tags = Tags.of("cache", name, "query", queries.get(i).name());
      meters.timer(
          "tiercel.cache.warm.round",
          "Rounds of calls that warm the cache",
          tags,
          () -> outcome(query).rounds(),
          () -> outcome(query).totals().took());
      calls(meters, query, tags.and("result", "warmed"), WarmTotals::warmed);
      calls(meters, query, tags.and("result", "failed"), WarmTotals::failed);
      calls(meters, query, tags.and("result", "left"), WarmTotals::left);
      meters.gauge(
          "tiercel.cache.warm.pending",
          null,
          "Calls that the round under way has still to make",
          tags,
          () -> outcome(query).total() - outcome(query).done());
    }
    warmer
        .executorStats()
        .ifPresent(
            unused ->
                new ExecutorMeters(name + "-warmer", () -> warmer.executorStats().orElseThrow())
                    .register(meters));
  }

  private void calls(MeterSet meters, int query, Tags tags, ToLongFunction<WarmTotals> count) {
    meters.counter(
        "tiercel.cache.warm.calls",
        null,
        "Calls that warm the cache, by what became of them",
        tags,
        () -> count.applyAsLong(outcome(query).totals()));
  }

  private WarmOutcome outcome(int query) {
    return warmer.outcomes().get(query);
  }
}
