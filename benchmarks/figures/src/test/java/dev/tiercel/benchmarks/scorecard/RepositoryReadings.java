package dev.tiercel.benchmarks.scorecard;

import dev.tiercel.benchmarks.chart.Named;
import java.util.List;

/** What the part about the repository writes, of made-up figures. */
public final class RepositoryReadings {
  private RepositoryReadings() {}

  public static List<Named> all() {
    return Metric.REPOSITORY.stream()
        .flatMap(name -> new Metric(name, "ms", 2, 1, Target.NONE).readings().stream())
        .toList();
  }
}
