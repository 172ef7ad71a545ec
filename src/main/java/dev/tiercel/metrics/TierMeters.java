package dev.tiercel.metrics;

import dev.tiercel.cache.TierStats;
import dev.tiercel.cache.TieredCache;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The figures of each tier below memory. */
record TierMeters(TieredCache cache, String name) implements MeterSource {
  @Override
  public void register(MeterSet meters) {
    List<TierStats> tiers = cache.tierStats();
    for (int i = 0; i < tiers.size(); i++) {
      new One(meters, cache, i, Tags.of("cache", name, "tier", tiers.get(i).name())).register();
    }
  }

  private record One(MeterSet meters, TieredCache cache, int level, Tags tags) {
    void register() {
      reads();
      writes();
      contents();
    }

    private void reads() {
      String gets = "Look-ups in the tier, by whether it answered them";
      counter("gets", gets, tags.and("result", "hit"), TierStats::hits);
      counter("gets", gets, tags.and("result", "miss"), TierStats::misses);
      counter(
          "stale",
          "Look-ups that found a value which a write had made void",
          tags,
          TierStats::stale);
      counter(
          "undecodable",
          "Values of another codec or shape, or that could not be coded",
          tags,
          TierStats::undecodable);
      counter("failures", "Calls of the tier that failed", tags, TierStats::failures);
      meters.timer(
          "tiercel.cache.tier.read",
          "Look-ups that reached the tier",
          tags,
          () -> stats().reads(),
          () -> stats().readTime());
    }

    private void writes() {
      String puts = "Values for the tier, by whether it was given them";
      counter("puts", puts, tags.and("result", "written"), TierStats::written);
      counter("puts", puts, tags.and("result", "dropped"), TierStats::dropped);
      meters.timer(
          "tiercel.cache.tier.write",
          "Batches that were written to the tier",
          tags,
          () -> stats().writes(),
          () -> stats().writeTime());
    }

    private void contents() {
      counter("evictions", "Records that had to go for lack of room", tags, s -> s.use().evicted());
      counter("refused", "Records that were too large for the tier", tags, s -> s.use().refused());
      counter(
          "damaged",
          "Records that did not stand their checksum, and unreadable files",
          tags,
          s -> s.use().damaged());
      gauge("entries", null, "About how many records the tier holds", s -> s.use().entries());
      gauge("size", "bytes", "How many bytes the files of the tier have", s -> s.use().bytes());
      gauge(
          "size.max",
          "bytes",
          "How many bytes the files of the tier may have",
          s -> s.use().maxBytes());
    }

    private void counter(String name, String help, Tags tags, ToLongFunction<TierStats> count) {
      meters.counter(
          "tiercel.cache.tier." + name, null, help, tags, () -> count.applyAsLong(stats()));
    }

    private void gauge(
        String name, @Nullable String unit, String help, ToLongFunction<TierStats> value) {
      meters.gauge(
          "tiercel.cache.tier." + name, unit, help, tags, () -> value.applyAsLong(stats()));
    }

    private TierStats stats() {
      return cache.tierStats(level);
    }
  }
}
