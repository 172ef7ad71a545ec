package dev.tiercel.soak;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The samples of all gauges in one state of the program. Used by one thread. */
final class Series {
  private final String state;
  private final Map<Gauge, List<Double>> samples = new EnumMap<>(Gauge.class);

  Series(String state) {
    this.state = state;
  }

  void add(Map<Gauge, Double> reading) {
    reading.forEach(
        (gauge, value) -> samples.computeIfAbsent(gauge, one -> new ArrayList<>()).add(value));
  }

  int size() {
    return samples.values().stream().mapToInt(List::size).max().orElse(0);
  }

  private List<Trend> trends() {
    return samples.entrySet().stream().map(one -> Trend.of(one.getKey(), one.getValue())).toList();
  }

  /** What grew; empty if all is flat. */
  List<String> grown() {
    return trends().stream()
        .filter(trend -> !trend.isFlat())
        .map(
            trend ->
                "%s grow while %s: from %s in the second third to %s in the last, more than %s"
                    .formatted(
                        trend.gauge(),
                        state,
                        trend.gauge().show(trend.second()),
                        trend.gauge().show(trend.last()),
                        trend.gauge().show(trend.gauge().limit(trend.second()))))
        .toList();
  }

  /**
   * A line for each gauge: the medians of the thirds, the largest value, the limit, the verdict.
   */
  String table() {
    StringBuilder table =
        new StringBuilder(
            "%-22s %4s  %12s %12s %12s %12s %12s%n"
                .formatted(state, "n", "first third", "second", "last", "largest", "last at most"));
    trends().forEach(trend -> table.append(trend).append(System.lineSeparator()));
    return table.toString();
  }

  @Override
  public String toString() {
    return state + " " + size() + " times";
  }
}
