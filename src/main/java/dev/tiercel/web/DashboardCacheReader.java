package dev.tiercel.web;

import dev.tiercel.cache.CacheStats;
import dev.tiercel.cache.CacheWatch;
import dev.tiercel.cache.InvalidationKinds;
import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.LoadTimes;
import dev.tiercel.cache.MissedKey;
import dev.tiercel.cache.TierStats;
import dev.tiercel.cache.TieredCache;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a cache: what its tiers answered, what the rest cost, and what made answers void. */
final class DashboardCacheReader implements DashboardReader {
  private static final int MOST_MISSED = 10;
  private static final int LONGEST_KEY = 200;

  /* The last minute is told by marks that lie five seconds apart. */
  private static final double MARK_SECONDS = 5;
  private static final int MARKS = 12;

  private final TieredCache cache;
  private final Ledger ledger;
  private final CacheWatch watch;
  private final String line;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private double sinceMark;
  private @Nullable Mark last;
  private double savedMillis;

  /** All figures of a moment. */
  private record Mark(
      CacheStats stats, List<TierStats> tiers, LoadTimes loads, long sequence, double saved) {
    long lowerHits() {
      return tiers.stream().mapToLong(TierStats::hits).sum();
    }
  }

  DashboardCacheReader(TieredCache cache, String line) {
    this.cache = cache;
    this.ledger = Ledger.of(cache);
    this.line = line;
    this.watch = cache.watch();
  }

  @Override
  public void read(DashboardReading reading) {
    CacheStats stats = cache.stats();
    List<TierStats> tiers = cache.tierStats();
    Mark before = last;
    savedMillis += saved(before, stats, tiers);
    Mark now = new Mark(stats, tiers, watch.loadTimes(), ledger.seq(), savedMillis);
    if (before != null) {
      points(reading, before, now);
    }
    last = now;
    details(reading, now, minute(reading, now));
  }

  /** The oldest mark of the last minute. */
  private Mark minute(DashboardReading reading, Mark now) {
    sinceMark += reading.seconds;
    if (marks.isEmpty() || sinceMark >= MARK_SECONDS) {
      sinceMark = 0;
      marks.add(now);
      if (marks.size() > MARKS + 1) {
        marks.remove();
      }
    }
    return marks.element();
  }

  /**
   * The milliseconds that would have gone into loads since the mark before: what a load takes on
   * the average, for each answer that came without one, less what the tier took.
   */
  private static double saved(@Nullable Mark before, CacheStats stats, List<TierStats> tiers) {
    double load = millis(stats.loadTime(), stats.loads());
    long hits = stats.hits() + stats.coalesced();
    double saved =
        load * (before == null ? hits : hits - before.stats.hits() - before.stats.coalesced());
    for (int i = 0; i < tiers.size(); i++) {
      TierStats tier = tiers.get(i);
      long answered = tier.hits() - (before == null ? 0 : before.tiers.get(i).hits());
      saved += answered * Math.max(0, load - millis(tier.readTime(), tier.reads()));
    }
    return Math.max(0, saved);
  }

  private static double millis(Duration all, long count) {
    return count == 0 ? 0 : all.toNanos() / 1e6 / count;
  }

  private void points(DashboardReading to, Mark before, Mark now) {
    CacheStats was = before.stats;
    CacheStats is = now.stats;
    long hits = is.hits() - was.hits();
    long misses = is.misses() - was.misses();
    to.point("hits", line + "memory", DashboardReading.percent(hits, misses));
    for (int i = 0; i < now.tiers.size(); i++) {
      TierStats tier = now.tiers.get(i);
      TierStats old = before.tiers.get(i);
      to.point(
          "hits",
          line + tier.name(),
          DashboardReading.percent(tier.hits() - old.hits(), tier.misses() - old.misses()));
    }
    if (!now.tiers.isEmpty()) {
      long below = Math.min(misses, now.lowerHits() - before.lowerHits());
      to.point("hits", line + "all tiers", DashboardReading.percent(hits + below, misses - below));
    }
    to.rate("lookups", line + "hits", hits);
    to.rate("lookups", line + "misses", misses);
    to.rate("lookups", line + "loads", is.loads() - was.loads());
    to.rate("saved", line + "saved", now.saved - before.saved);
    LoadTimes loads = now.loads.since(before.loads);
    to.point("loads", line + "median", millis(loads, 0.5));
    to.point("loads", line + "95 %", millis(loads, 0.95));
    to.point("loads", line + "99 %", millis(loads, 0.99));
    long voided = is.invalidations() - was.invalidations();
    InvalidationKinds kinds = is.invalidationKinds();
    InvalidationKinds old = was.invalidationKinds();
    to.rate("voided", line + "writes", now.sequence - before.sequence - voided);
    to.rate("voided", line + "tags", kinds.tags() - old.tags());
    to.rate("voided", line + "keys", kinds.keys() - old.keys());
    to.rate("voided", line + "prefixes", kinds.prefixes() - old.prefixes());
    to.rate("voided", line + "patterns", kinds.patterns() - old.patterns());
    to.rate("voided", line + "everything", kinds.everything() - old.everything());
  }

  private static double millis(LoadTimes loads, double share) {
    return loads.percentile(share).map(time -> time.toNanos() / 1e6).orElse(Double.NaN);
  }

  private void details(DashboardReading to, Mark now, Mark minute) {
    CacheStats stats = now.stats;
    long hits = stats.hits() - minute.stats.hits() + now.lowerHits() - minute.lowerHits();
    long lookups = stats.hits() + stats.misses() - minute.stats.hits() - minute.stats.misses();
    LoadTimes loads = now.loads.since(minute.loads);
    DashboardJson json = to.detail;
    json.field("hitPercent", DashboardReading.percent(hits, Math.max(0, lookups - hits)))
        .field("lookups", lookups)
        .field("savedMillis", now.saved)
        .field("loadMedianMillis", millis(loads, 0.5))
        .field("load99Millis", millis(loads, 0.99))
        .field("loadFailures", stats.loadFailures())
        .field("coalesced", stats.coalesced())
        .field("staleRejected", stats.staleRejected())
        .field("expiredServed", stats.expiredServed())
        .name("tiers")
        .array();
    memory(json, stats);
    now.tiers.forEach(tier -> tier(json, tier));
    json.endArray().name("missed").array();
    for (MissedKey key : watch.topMisses(MOST_MISSED)) {
      json.object()
          .field("key", cut(key.key()))
          .field("misses", key.misses())
          .field("why", key.why())
          .endObject();
    }
    json.endArray();
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_KEY ? text : text.substring(0, LONGEST_KEY) + "…";
  }

  private static void memory(DashboardJson json, CacheStats stats) {
    json.object()
        .field("tier", "memory")
        .field("entries", stats.size())
        .field("bytes", stats.weightBytes())
        .field("maxBytes", 0)
        .field("hits", stats.hits())
        .field("misses", stats.misses())
        .field("evicted", stats.evictedForRoom())
        .field("failures", 0)
        .endObject();
  }

  private static void tier(DashboardJson json, TierStats tier) {
    json.object()
        .field("tier", tier.name())
        .field("entries", tier.use().entries())
        .field("bytes", tier.use().bytes())
        .field("maxBytes", tier.use().maxBytes())
        .field("hits", tier.hits())
        .field("misses", tier.misses())
        .field("evicted", tier.use().evicted())
        .field("failures", tier.failures() + tier.use().damaged())
        .field("readMicros", millis(tier.readTime(), tier.reads()) * 1e3)
        .endObject();
  }

  @Override
  public void close() {
    watch.close();
  }
}
