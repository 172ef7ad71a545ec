package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.cache.TierStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The part of the scorecard about the cache, as text. */
final class CacheTable {
  private static final double HIT_RATE = 85;
  private static final double OF_PERFECT = 90;

  private final List<String> lines = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private List<TierStats> tiersBefore = List.of();
  private long memoryBefore;

  /** Notes what the tiers did before it was measured. */
  void tiersBefore(CachedTasks cached) {
    tiersBefore = cached.tierStats();
    memoryBefore = cached.stats().hits();
  }

  void hits(Passage.Result result, CachedTasks cached) {
    HitRates rates = result.rates();
    HitRates best = result.best();
    lines.add(row("caches", "perfect", "Tiercel", "", "target", "met"));
    double ofPerfect = 100 * rates.percent() / best.percent();
    lines.add(goal("hit rate, %", best.percent(), rates.percent(), HIT_RATE));
    lines.add(goal("of what perfect invalidation reaches, %", 100, ofPerfect, OF_PERFECT));
    for (Read.Kind kind : Read.Kind.values()) {
      lines.add(plain("  hit rate " + kind.text + ", %", best.percent(kind), rates.percent(kind)));
    }
    StringBuilder where = new StringBuilder("hits: memory ");
    where.append(share(cached.stats().hits() - memoryBefore, rates.hits()));
    List<TierStats> tiers = cached.tierStats();
    for (int i = 0; i < tiers.size(); i++) {
      TierStats tier = tiers.get(i);
      where.append(", ").append(tier.name()).append(' ');
      where.append(share(tier.hits() - tiersBefore.get(i).hits(), rates.hits()));
    }
    notes.add(where.toString());
    for (TierStats tier : tiers) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s: %,d entries in %,d MiB, %,d written, %,d dropped, %,d evicted, %,d damaged",
              tier.name(),
              tier.use().entries(),
              tier.use().bytes() >> 20,
              tier.written(),
              tier.dropped(),
              tier.use().evicted(),
              tier.use().damaged()));
    }
  }

  private static String share(long part, long all) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / all);
  }

  void times(Timed without, Timed with) {
    lines.add("");
    lines.add(row("", "no cache", "Tiercel", "change", "", ""));
    lines.add(change("read, mean, µs", without.readMicros(), with.readMicros()));
    lines.add(change("write, mean, µs", without.writeMicros(), with.writeMicros()));
    lines.add(change("operation, mean, µs", without.operationMicros(), with.operationMicros()));
  }

  void compared(long answers) {
    notes.add(
        String.format(
            Locale.ROOT,
            "%,d answers compared with the repository's: all equal; none served that a write had"
                + " changed",
            answers));
  }

  void restart(Restart cold, Restart warm) {
    lines.add("");
    lines.add(row("first 1,000 reads after a restart", "memory", "all tiers", "change", "", ""));
    lines.add(change("  open, ms", cold.openMillis(), warm.openMillis()));
    lines.add(change("  all of them, ms", cold.millis(), warm.millis()));
    lines.add(change("  loads", cold.loads(), warm.loads()));
  }

  String text() {
    String heading =
        """
        The caches
          tasks        %,d of %,d agents, each by Zipf 0.99
          operations   95 %% reads: 70 %% by id, 20 %% by agent, 10 %% pending; %,d before it counts
          cache        %d MiB of memory; below it a SQLite tier and files, with their defaults
          durability   synchronous %s on either side: it is not fsync that is compared
        """
            .formatted(
                Team.TASKS,
                Team.AGENTS,
                CacheScorecard.WARM_UP,
                CachedTasks.MEMORY >> 20,
                CachedTasks.DURABILITY);
    return heading
        + System.lineSeparator()
        + String.join(System.lineSeparator(), lines)
        + System.lineSeparator()
        + System.lineSeparator()
        + String.join(System.lineSeparator(), notes);
  }

  private static String goal(String name, double beside, double reached, double least) {
    return row(
        name,
        number(beside),
        number(reached),
        "",
        String.format(Locale.ROOT, ">= %.0f", least),
        reached >= least ? "yes" : "no");
  }

  private static String plain(String name, double beside, double reached) {
    return row(name, number(beside), number(reached), "", "", "");
  }

  private static String change(String name, double before, double after) {
    String change = String.format(Locale.ROOT, "%+.1f %%", 100 * (after / before - 1));
    return row(name, number(before), number(after), change, "", "");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 10 ? "%,.1f" : "%.3f", value);
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-46s %10s %10s %12s %9s %4s", cells).stripTrailing();
  }
}
