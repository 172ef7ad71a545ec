package dev.tiercel.soak;

import dev.tiercel.memory.LiveSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/** The samples of all gauges in one state of the program. Used by one thread. */
final class Series {
  private final String state;
  private final ToDoubleBiFunction<Gauge, Duration> allowance;
  private final Map<Gauge, List<LiveSet>> samples = new EnumMap<>(Gauge.class);

  Series(String state, ToDoubleBiFunction<Gauge, Duration> allowance) {
    this.state = state;
    this.allowance = allowance;
  }

  void add(Instant at, Map<Gauge, Double> reading) {
    reading.forEach(
        (gauge, value) ->
            samples
                .computeIfAbsent(gauge, one -> new ArrayList<>())
                .add(new LiveSet(at, value.longValue())));
  }

  private List<Trend> trends() {
    return samples.entrySet().stream()
        .map(one -> Trend.of(one.getKey(), one.getValue(), allowance))
        .toList();
  }

  /** What grew; empty if all is flat. */
  List<String> grown() {
    return trends().stream()
        .filter(trend -> !trend.isFlat())
        .map(
            trend ->
                "%s grow while %s: by %s to %s, more than by %s"
                    .formatted(
                        trend.gauge(),
                        state,
                        trend.gauge().show(trend.growth()),
                        trend.gauge().show(trend.last()),
                        trend.gauge().show(trend.allowed())))
        .toList();
  }

  /**
   * A line for each gauge: the medians of the first and last third, the largest value, the growth
   * over the last two thirds, the most it may be, the verdict.
   */
  String table() {
    StringBuilder table =
        new StringBuilder(
            "%-26s %4s  %12s %12s %12s %12s %12s%n"
                .formatted(state, "n", "first third", "last", "largest", "growth", "at most"));
    trends().forEach(trend -> table.append(trend).append(System.lineSeparator()));
    return table.toString();
  }
}
