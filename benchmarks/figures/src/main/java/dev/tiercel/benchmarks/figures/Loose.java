package dev.tiercel.benchmarks.figures;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiercel.benchmarks.chart.Figure;
import dev.tiercel.benchmarks.chart.Named;
import dev.tiercel.benchmarks.chart.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * A chart of whatever a program has written, a list of {@code {"name", "unit", "value", "low",
 * "high"}}; {@code low} and {@code high} may be left out. See {@link Named} for the names.
 */
final class Loose {
  private Loose() {}

  static Figure figure(String title, JsonNode readings) {
    List<Named> named = new ArrayList<>();
    for (JsonNode each : readings) {
      named.add(new Named(each.path("name").asText(), each.path("unit").asText(), reading(each)));
    }
    return Named.figure(title, named);
  }

  /**
   * One of them.
   *
   * @throws IllegalArgumentException if it has no value
   */
  static Reading reading(JsonNode each) {
    if (!each.path("value").isNumber()) {
      throw new IllegalArgumentException(
          each
              + " is not {\"name\": …, \"unit\": …, \"value\": a number, \"low\": …, \"high\": …}");
    }
    double value = each.get("value").asDouble();
    return new Reading(value, each.path("low").asDouble(value), each.path("high").asDouble(value));
  }
}
