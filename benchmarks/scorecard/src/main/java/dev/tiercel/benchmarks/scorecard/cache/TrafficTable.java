package dev.tiercel.benchmarks.scorecard.cache;

import static dev.tiercel.benchmarks.scorecard.cache.Columns.atLeast;
import static dev.tiercel.benchmarks.scorecard.cache.Columns.met;
import static dev.tiercel.benchmarks.scorecard.cache.Columns.number;
import static dev.tiercel.benchmarks.scorecard.cache.Columns.row;

import java.util.ArrayList;
import java.util.List;

/** Readers and writers at once, as text. */
final class TrafficTable {
  private static final double TIMES_NAIVE = 50;
  private static final double PACE_KEPT = 0.99 * Traffic.WRITES;

  private final List<String> lines = new ArrayList<>();

  TrafficTable() {
    lines.add(row("traffic", "naive", "no cache", "Tiercel", "target", "met"));
  }

  /** Adds what readers got done beside a paced writer. */
  void reads(String name, Traffic.Result result, double timesUncached) {
    done(name, result);
    double naive = result.naive().writes();
    double uncached = result.uncached().writes();
    double cached = result.cached().writes();
    lines.add(
        row(
            "  writes beside, 1/s",
            number(naive),
            number(uncached),
            number(cached),
            Traffic.WRITES,
            met(Math.min(uncached, cached) >= PACE_KEPT)));
    times("  times what is read without a cache", ofUncached(result), timesUncached);
    times("  times what is read the naive way", ofNaive(result), TIMES_NAIVE);
  }

  /** Adds what threads got done that read and write in turn. */
  void readsAndWrites(String name, Traffic.Result result, double timesUncached) {
    done(name, result);
    times("  times what is done without a cache", ofUncached(result), timesUncached);
  }

  private void done(String name, Traffic.Result result) {
    lines.add(
        row(
            name,
            number(result.naive().done()),
            number(result.uncached().done()),
            number(result.cached().done()),
            "",
            ""));
  }

  private void times(String name, double reached, double least) {
    lines.add(row(name, "", "", number(reached), atLeast(least), met(reached >= least)));
  }

  private static double ofUncached(Traffic.Result result) {
    return result.cached().done() / result.uncached().done();
  }

  private static double ofNaive(Traffic.Result result) {
    return result.cached().done() / result.naive().done();
  }

  String text() {
    String heading =
        """
        Traffic
          threads      %d that read, each asking again when it is answered; one that writes %d a second
          writes       two retitle for one each that adds, assigns, completes; the naive side writes
                       what it gets done
          cache        as above; it was asked for everything once before
          rounds       %d of each side in turn, a second each after one that does not count; medians
          checked      %d answers of the cache after each of its rounds, against the database
          durability   synchronous %s on every side; naive: rollback journal, Tiercel: write-ahead log
        """
            .formatted(
                Traffic.THREADS,
                Traffic.WRITES,
                Traffic.ROUNDS,
                Traffic.COMPARED,
                Location.DURABILITY);
    return heading + System.lineSeparator() + String.join(System.lineSeparator(), lines);
  }
}
