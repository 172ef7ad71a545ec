package dev.tiercel.benchmarks.figures;

import java.util.List;
import java.util.stream.Stream;

/**
 * All that is measured and shown.
 *
 * @param runs what is measured, in this order
 * @param plots what is drawn of it
 * @param promises what it is held against
 */
record Catalog(List<Run> runs, List<Plot> plots, List<Promise> promises) {
  /** All of it. */
  static Catalog all() {
    return new Catalog(
        Stream.of(
                RepositoryFigures.runs(),
                CacheFigures.runs(),
                TierFigures.runs(),
                PoolFigures.runs(),
                TrafficFigures.runs(),
                WebFigures.runs())
            .flatMap(List::stream)
            .toList(),
        Stream.of(
                RepositoryFigures.plots(),
                CacheFigures.plots(),
                TierFigures.plots(),
                PoolFigures.plots(),
                TrafficFigures.plots(),
                WebFigures.plots())
            .flatMap(List::stream)
            .toList(),
        Stream.of(
                RepositoryFigures.promises(),
                CacheFigures.promises(),
                TierFigures.promises(),
                PoolFigures.promises(),
                TrafficFigures.promises(),
                WebFigures.promises())
            .flatMap(List::stream)
            .toList());
  }
}
