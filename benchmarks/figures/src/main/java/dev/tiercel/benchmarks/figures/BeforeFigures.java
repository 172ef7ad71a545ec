package dev.tiercel.benchmarks.figures;

import static dev.tiercel.benchmarks.figures.Promise.Bound.atLeast;
import static dev.tiercel.benchmarks.figures.Promise.Bound.atMost;

import dev.tiercel.benchmarks.figures.Promise.Bound;
import dev.tiercel.benchmarks.figures.Promise.From;
import java.util.List;

/** What the scorecard measures of the repository before and after, without a cache. */
final class BeforeFigures {
  private static final String TIMES_NAIVE = "before-after: %s, times naive: Tiercel";

  private BeforeFigures() {}

  static List<Run> runs() {
    return List.of(Run.scorecard("before-after", Subject.SCORECARD, "repository", 120));
  }

  static List<Plot> plots() {
    return List.of(
        Plot.bars("before-after", "The naive repository and Tiercel without a cache")
            .column("query, mean", "a query, mean", "ms")
            .column("page request, mean", "a page, mean", "ms")
            .column("smallest heap that lists everything", "the smallest heap for all", "MiB")
            .column("reads by 2 threads", "reads by 2 threads", "a second")
            .column("durable writes by 4 threads", "durable writes by 4 threads", "a second")
            .ours("Tiercel, uncached", "before-after: {}: Tiercel")
            .peer("naive", "before-after: {}: naive"));
  }

  static List<Promise> promises() {
    return List.of(
        timesNaive("query, mean", atMost(0.6, "×")),
        timesNaive("smallest heap that lists everything", atMost(0.75, "×")),
        timesNaive("reads by 2 threads", atLeast(1.5, "×")),
        timesNaive("durable writes by 4 threads", atLeast(1.5, "×")),
        Promise.plain(
                "page request, mean",
                "before-after: page request, mean: Tiercel",
                atMost(100, "ms"))
            .from(From.ASKED_FOR));
  }

  private static Promise timesNaive(String what, Bound bound) {
    return Promise.plain(what + ": times naive", TIMES_NAIVE.formatted(what), bound)
        .from(From.ASKED_FOR);
  }
}
