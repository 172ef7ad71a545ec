package dev.tiercel.benchmarks.scorecard;

import java.util.List;

/** Says which of the seed's targets were missed. */
final class Missed {
  private Missed() {}

  /** A line for each, none if all were met. */
  static List<String> of(List<Metric> metrics) {
    return metrics.stream()
        .filter(metric -> !metric.isMet())
        .map(Metric::cells)
        .map(
            cells ->
                "missed: %s: naive %s, Tiercel %s; the target is %s"
                    .formatted(cells.get(0), cells.get(1), cells.get(2), cells.get(4)))
        .toList();
  }
}
