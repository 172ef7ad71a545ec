package dev.tiercel.benchmarks.scorecard.cache;

import static dev.tiercel.benchmarks.scorecard.cache.Columns.atLeast;
import static dev.tiercel.benchmarks.scorecard.cache.Columns.met;
import static dev.tiercel.benchmarks.scorecard.cache.Columns.number;
import static dev.tiercel.benchmarks.scorecard.cache.Columns.row;

import dev.tiercel.benchmarks.chart.Named;
import dev.tiercel.benchmarks.chart.Reading;
import java.util.ArrayList;
import java.util.List;

/** Readers and writers at once, as text. */
final class TrafficTable {
  private static final double TIMES_NAIVE = 50;
  private static final String UNIT = "1/s";
  private static final String TIMES = "×";
  private static final double PACE_KEPT = 0.99 * Traffic.WRITES;

  private final List<String> lines = new ArrayList<>();
  private final List<Named> readings = new ArrayList<>();

  TrafficTable() {
    lines.add(row("traffic", "naive", "no cache", "Tiercel", "target", "met"));
  }

  /** Adds what readers of single tasks got done beside a paced writer. */
  void byId(Traffic.Result result) {
    reads("tasks by id", result, 3);
  }

  /** Adds what readers of lists got done beside a paced writer. */
  void lists(Traffic.Result result) {
    reads("lists of 50 and counts", result, 5);
  }

  private void reads(String name, Traffic.Result result, double timesUncached) {
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
  void readsAndWrites(Traffic.Result result) {
    done("half reads, half writes", result);
    times("  times what is done without a cache", ofUncached(result), 0.9);
  }

  private void done(String name, Traffic.Result result) {
    Reading naive = result.naive().done();
    Reading uncached = result.uncached().done();
    Reading cached = result.cached().done();
    lines.add(
        row(
            name + ", 1/s",
            number(naive.value()),
            number(uncached.value()),
            number(cached.value()),
            "",
            ""));
    readings.add(new Named(name + ": Tiercel", UNIT, cached));
    readings.add(new Named(name + ": uncached", UNIT, uncached));
    readings.add(new Named(name + ": naive", UNIT, naive));
    readings.add(new Named(name + ", times uncached: Tiercel", TIMES, ofUncached(result)));
    readings.add(new Named(name + ", times naive: Tiercel", TIMES, ofNaive(result)));
  }

  private void times(String name, Reading reached, double least) {
    double value = reached.value();
    lines.add(row(name, "", "", number(value), atLeast(least), met(value >= least)));
  }

  List<Named> readings() {
    return readings;
  }

  private static Reading ofUncached(Traffic.Result result) {
    return result.cached().times(result.uncached());
  }

  private static Reading ofNaive(Traffic.Result result) {
    return result.cached().times(result.naive());
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
