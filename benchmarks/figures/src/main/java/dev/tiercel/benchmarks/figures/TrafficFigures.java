package dev.tiercel.benchmarks.figures;

import static dev.tiercel.benchmarks.figures.Promise.Bound.atLeast;

import dev.tiercel.benchmarks.figures.Promise.From;
import java.util.List;

/** What the scorecard measures of the whole stack: readers and writers at once, and a restart. */
final class TrafficFigures {
  private static final String RATE = "a second, 2 threads";

  private TrafficFigures() {}

  static List<Run> runs() {
    return List.of(Run.scorecard("caches", Subject.SCORECARD, "caches", 240));
  }

  static List<Plot> plots() {
    return List.of(
        Plot.bars("traffic", "Readers and writers at once, 100,000 tasks of 1,000 agents (NORMAL)")
            .column("tasks by id", "tasks by id, beside 200 writes a second", RATE)
            .column(
                "lists of 50 and counts",
                "lists of 50 and counts, beside 200 writes a second",
                RATE)
            .column("half reads, half writes", "every second call is a write", RATE)
            .ours("Tiercel", "caches: {}: Tiercel")
            .peer("Tiercel, uncached", "caches: {}: uncached")
            .peer("naive", "caches: {}: naive"),
        Plot.bars("hit-rate", "How often the database was not asked")
            .column("hit rate", "95 % reads, by Zipf 0.99", "%")
            .column("after a restart", "the first 1,000 reads after a restart", "%")
            .ours("Tiercel", "caches: {}: Tiercel")
            .peer("perfect invalidation, no bound", "caches: hit rate: perfect", "")
            .peer("memory alone", "", "caches: after a restart: memory alone"));
  }

  static List<Promise> promises() {
    return List.of(
        times("tasks by id", "uncached", 3),
        times("lists of 50 and counts", "uncached", 5),
        times("tasks by id", "naive", 50),
        times("lists of 50 and counts", "naive", 50),
        Promise.plain(
                "every second call a write: times the same without a cache",
                "caches: half reads, half writes, times uncached: Tiercel",
                atLeast(0.9, "×"))
            .from(From.OURS)
            .because(
                "a write on a ledger that lasts notes the row before it and appends a row of its"
                    + " own; a read that misses makes an entry that is void before it is asked for"
                    + " again: open such a repository `uncached()`"),
        Promise.plain(
                "how often the database was not asked",
                "caches: hit rate: Tiercel",
                atLeast(85, "%"))
            .from(From.ASKED_FOR),
        Promise.plain(
                "the same, of what is possible if nothing is forgotten but what a write changed",
                "caches: hit rate, of perfect: Tiercel",
                atLeast(90, "%"))
            .from(From.OURS),
        Promise.plain(
                "how often the database was not asked, the first 1,000 reads after a restart",
                "caches: after a restart: Tiercel",
                atLeast(85, "%"))
            .from(From.OURS));
  }

  private static Promise times(String what, String beside, double least) {
    return Promise.plain(
            "%s beside 200 writes a second: times %s".formatted(what, beside),
            "caches: %s, times %s: Tiercel".formatted(what, beside),
            atLeast(least, "×"))
        .from(From.OURS);
  }
}
