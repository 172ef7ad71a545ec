package dev.tiercel.benchmarks.figures;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that is measured and shown.
 *
 * @param runs what is measured, in this order
 * @param plots what is drawn of it
 * @param promises what it is held against
 * @param loose the titles of what other programs may write into the folder of the results, by name
 */
record Catalog(
    List<Run> runs, List<Plot> plots, List<Promise> promises, Map<String, String> loose) {

  private static final Map<String, String> LOOSE = Map.of("web", "Behind a server");

  /** All of it. */
  static Catalog all() {
    return new Catalog(
        Stream.of(
                RepositoryFigures.runs(),
                CacheFigures.runs(),
                TierFigures.runs(),
                PoolFigures.runs(),
                TrafficFigures.runs())
            .flatMap(List::stream)
            .toList(),
        Stream.of(
                RepositoryFigures.plots(),
                CacheFigures.plots(),
                TierFigures.plots(),
                PoolFigures.plots(),
                TrafficFigures.plots())
            .flatMap(List::stream)
            .toList(),
        Stream.of(
                RepositoryFigures.promises(),
                CacheFigures.promises(),
                TierFigures.promises(),
                PoolFigures.promises(),
                TrafficFigures.promises())
            .flatMap(List::stream)
            .toList(),
        LOOSE);
  }
}
