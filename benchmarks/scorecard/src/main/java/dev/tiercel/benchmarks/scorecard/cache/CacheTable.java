package dev.tiercel.benchmarks.scorecard.cache;

import static dev.tiercel.benchmarks.scorecard.cache.Columns.atLeast;
import static dev.tiercel.benchmarks.scorecard.cache.Columns.met;
import static dev.tiercel.benchmarks.scorecard.cache.Columns.number;
import static dev.tiercel.benchmarks.scorecard.cache.Columns.row;

import dev.tiercel.TiercelBuilder;
import dev.tiercel.benchmarks.chart.Named;
import dev.tiercel.benchmarks.chart.Reading;
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
  private final List<Named> readings = new ArrayList<>();
  private double hitRate;
  private List<TierStats> tiersBefore = List.of();
  private long memoryBefore;

  /** Notes what the tiers did before it was measured. */
  void tiersBefore(CachedTasks cached) {
    tiersBefore = cached.tierStats();
    memoryBefore = cached.memoryHits();
  }

  void rates(HitRates rates, HitRates best) {
    lines.add(row("caches", "perfect", "Tiercel", "", "target", "met"));
    hitRate = rates.percent();
    read("hit rate: perfect", best.percent());
    read("hit rate: Tiercel", hitRate);
    double ofPerfect = 100 * hitRate / best.percent();
    read("hit rate, of perfect: Tiercel", ofPerfect);
    lines.add(goal("hit rate, %", best.percent(), rates.percent(), HIT_RATE));
    lines.add(goal("of what perfect invalidation reaches, %", 100, ofPerfect, OF_PERFECT));
    for (Read.Kind kind : Read.Kind.values()) {
      lines.add(plain("  hit rate " + kind.text + ", %", best.percent(kind), rates.percent(kind)));
    }
  }

  /** Notes where the cache had its answers, and what its tiers did. */
  void tiers(CachedTasks cached) {
    long memory = cached.memoryHits() - memoryBefore;
    List<TierStats> tiers = cached.tierStats();
    long all = memory;
    for (int i = 0; i < tiers.size(); i++) {
      all += hitsSince(tiersBefore.get(i), tiers.get(i));
    }
    StringBuilder where = new StringBuilder("hits: memory ").append(share(memory, all));
    for (int i = 0; i < tiers.size(); i++) {
      where.append(", ").append(tiers.get(i).name()).append(' ');
      where.append(share(hitsSince(tiersBefore.get(i), tiers.get(i)), all));
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

  private void read(String name, double percent) {
    readings.add(new Named(name, "%", Reading.of(percent)));
  }

  double hitRate() {
    return hitRate;
  }

  List<Named> readings() {
    return readings;
  }

  private static long hitsSince(TierStats before, TierStats now) {
    return now.hits() - before.hits();
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
            "%,d answers compared with the database's: all equal; none served that a write had"
                + " changed",
            answers));
  }

  void restart(Restart cold, Restart warm) {
    lines.add("");
    lines.add(row("first 1,000 reads after a restart", "memory", "warmed", "", "target", "met"));
    read("after a restart: memory alone", cold.hitRate());
    read("after a restart: Tiercel", warm.hitRate());
    lines.add(goal("  hit rate, %", cold.hitRate(), warm.hitRate(), HIT_RATE));
    lines.add(plain("  loads", cold.loads(), warm.loads()));
    lines.add(plain("  open, and get warm, ms", cold.openMillis(), warm.openMillis()));
    lines.add(plain("  all of them, ms", cold.millis(), warm.millis()));
  }

  String text() {
    String heading =
        """
        The caches
          tasks        %,d of %,d agents, each by Zipf 0.99
          operations   95 %% reads: 70 %% by id, 20 %% by agent, 10 %% pending; %,d before it counts
          cache        %d MiB of memory, not enough for all answers; below it a SQLite tier and files
          restart      memory alone, or with the tiers, what was read most, and two queries warmed
          durability   synchronous %s on either side: it is not fsync that is compared
        """
            .formatted(
                Team.TASKS,
                Team.AGENTS,
                CacheScorecard.WARM_UP,
                TiercelBuilder.DEFAULT_MEMORY >> 20,
                Location.DURABILITY);
    return heading
        + System.lineSeparator()
        + String.join(System.lineSeparator(), lines)
        + System.lineSeparator()
        + System.lineSeparator()
        + String.join(System.lineSeparator(), notes);
  }

  private static String goal(String name, double beside, double reached, double least) {
    return row(name, number(beside), number(reached), "", atLeast(least), met(reached >= least));
  }

  private static String plain(String name, double beside, double reached) {
    return row(name, number(beside), number(reached), "", "", "");
  }

  private static String change(String name, double before, double after) {
    String change = String.format(Locale.ROOT, "%+.1f %%", 100 * (after / before - 1));
    return row(name, number(before), number(after), change, "", "");
  }
}
