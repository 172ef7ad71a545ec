package dev.tiercel.metrics;

import dev.tiercel.cache.CacheStats;
import dev.tiercel.cache.InvalidationKinds;
import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.TieredCache;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToLongFunction;

/**
 * The figures of a cache as a whole. Those that every cache has go by the names that Micrometer
 * gives them for any cache; the others say whose they are.
 */
record CacheMeters(TieredCache cache, String name) implements MeterSource {
  @Override
  public void register(MeterSet meters) {
    lookUps(meters);
    contents(meters);
    loads(meters);
    invalidations(meters);
    cache
        .executorStats()
        .ifPresent(
            unused ->
                new ExecutorMeters(name + "-cache", () -> cache.executorStats().orElseThrow())
                    .register(meters));
  }

  private void lookUps(MeterSet meters) {
    String help = "Look-ups, by whether they were answered from the cache";
    counter(meters, "cache.gets", help, tags().and("result", "hit"), CacheStats::hits);
    counter(meters, "cache.gets", help, tags().and("result", "miss"), CacheStats::misses);
    counter(
        meters,
        "tiercel.cache.stale.rejected",
        "Misses that found a value which a write had made void",
        tags(),
        CacheStats::staleRejected);
    counter(
        meters,
        "tiercel.cache.expired.served",
        "Misses that were answered by an expired but current value",
        tags(),
        CacheStats::expiredServed);
    counter(
        meters,
        "tiercel.cache.bypassed",
        "Misses that neither looked into the cache nor filled it",
        tags(),
        CacheStats::bypassed);
  }

  private void contents(MeterSet meters) {
    counter(meters, "cache.puts", "Entries that were put into memory", tags(), CacheStats::puts);
    counter(
        meters,
        "cache.evictions",
        "Entries that memory lost for lack of room, or because their time was over",
        tags(),
        stats -> stats.evictedForRoom() + stats.evictedExpired());
    counter(
        meters,
        "tiercel.cache.invalidated",
        "Entries that were removed from memory because a write had made them void",
        tags(),
        CacheStats::evictedInvalidated);
    meters.gauge(
        "cache.size", null, "About how many entries are in memory", tags(), () -> stats().size());
    meters.gauge(
        "tiercel.cache.memory",
        "bytes",
        "About how many bytes the entries in memory have; 0 if they are only counted",
        tags(),
        () -> stats().weightBytes());
  }

  private void loads(MeterSet meters) {
    meters.timer(
        "tiercel.cache.load",
        "Loads, however they ended",
        tags(),
        () -> stats().loads(),
        () -> stats().loadTime());
    counter(
        meters,
        "tiercel.cache.load.failures",
        "Loads that failed",
        tags(),
        CacheStats::loadFailures);
    counter(
        meters,
        "tiercel.cache.load.coalesced",
        "Misses that were answered by a load which another thread had begun",
        tags(),
        CacheStats::coalesced);
    counter(
        meters,
        "tiercel.cache.load.refreshes",
        "Loads in the background",
        tags(),
        CacheStats::refreshes);
  }

  private void invalidations(MeterSet meters) {
    kind(meters, "tags", InvalidationKinds::tags);
    kind(meters, "key", InvalidationKinds::keys);
    kind(meters, "prefix", InvalidationKinds::prefixes);
    kind(meters, "pattern", InvalidationKinds::patterns);
    kind(meters, "everything", InvalidationKinds::everything);
    Ledger ledger = Ledger.of(cache);
    meters.counter(
        "tiercel.cache.commits",
        null,
        "Commits that the ledger numbered, each of which voids what it touched",
        tags(),
        ledger::seq);
  }

  private void kind(MeterSet meters, String kind, ToLongFunction<InvalidationKinds> count) {
    counter(
        meters,
        "tiercel.cache.invalidations",
        "Calls that voided something, by what they named",
        tags().and("kind", kind),
        stats -> count.applyAsLong(stats.invalidationKinds()));
  }

  private void counter(
      MeterSet meters, String name, String help, Tags tags, ToLongFunction<CacheStats> count) {
    meters.counter(name, null, help, tags, () -> count.applyAsLong(stats()));
  }

  private CacheStats stats() {
    return cache.stats();
  }

  private Tags tags() {
    return Tags.of("cache", name);
  }
}
