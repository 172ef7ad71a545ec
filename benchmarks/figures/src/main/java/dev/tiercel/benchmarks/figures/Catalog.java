package dev.tiercel.benchmarks.figures;

import java.util.List;
import java.util.function.Function;

/**
 * All that is measured and shown, or a part of it.
 *
 * @param runs what is measured, in this order
 * @param plots what is drawn of it
 * @param promises what it is held against
 */
record Catalog(List<Run> runs, List<Plot> plots, List<Promise> promises) {
  /**
   * Checks the promises.
   *
   * @throws IllegalArgumentException if one compares two readings of the scorecard. A reading is
   *     the median of rounds that are gone and the two they varied between, which need not be of
   *     the same rounds; the scorecard has to say the ratio itself
   */
  Catalog {
    List<String> readings = runs.stream().filter(Run::isScorecard).map(Run::name).toList();
    for (Promise promise : promises) {
      if (promise.measure() != Promise.Measure.PLAIN
          && promise.choices().stream().anyMatch(choice -> readings.contains(choice.run()))) {
        throw new IllegalArgumentException(
            "'%s' compares readings, whose rounds are gone; let the scorecard say it"
                .formatted(promise.text()));
      }
    }
  }

  /** All of it. */
  static Catalog all() {
    List<Catalog> parts =
        List.of(
            new Catalog(BeforeFigures.runs(), BeforeFigures.plots(), BeforeFigures.promises()),
            new Catalog(
                RepositoryFigures.runs(), RepositoryFigures.plots(), RepositoryFigures.promises()),
            new Catalog(CacheFigures.runs(), CacheFigures.plots(), CacheFigures.promises()),
            new Catalog(TierFigures.runs(), TierFigures.plots(), TierFigures.promises()),
            new Catalog(PoolFigures.runs(), PoolFigures.plots(), PoolFigures.promises()),
            new Catalog(TrafficFigures.runs(), TrafficFigures.plots(), TrafficFigures.promises()),
            new Catalog(WebFigures.runs(), WebFigures.plots(), WebFigures.promises()));
    return new Catalog(
        of(parts, Catalog::runs), of(parts, Catalog::plots), of(parts, Catalog::promises));
  }

  private static <T> List<T> of(List<Catalog> parts, Function<Catalog, List<T>> which) {
    return parts.stream().map(which).flatMap(List::stream).toList();
  }
}
