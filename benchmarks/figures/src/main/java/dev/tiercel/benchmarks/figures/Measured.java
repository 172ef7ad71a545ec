package dev.tiercel.benchmarks.figures;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run has measured.
 *
 * @param origin where it comes from
 * @param rounds for each round JMH's results, or a list of readings
 */
record Measured(Origin origin, List<JsonNode> rounds) {

  /**
   * What each round says to a choice. A reading stands for rounds of its own: its value and the two
   * it varied between.
   *
   * @return the figures, or none if no round knows the choice
   * @throws IllegalArgumentException if the choice fits several results
   */
  List<Double> values(Choice choice) {
    List<Double> values = new ArrayList<>();
    for (JsonNode round : rounds) {
      one(round, choice).ifPresent(result -> values.addAll(choice.values(result)));
    }
    return values;
  }

  private static Optional<JsonNode> one(JsonNode round, Choice choice) {
    JsonNode found = null;
    for (JsonNode result : round) {
      if (!choice.fits(result)) {
        continue;
      }
      if (found != null) {
        throw new IllegalArgumentException(
            "%s fits %s and %s; name more of its parameters"
                .formatted(choice, brief(found), brief(result)));
      }
      found = result;
    }
    return Optional.ofNullable(found);
  }

  private static String brief(JsonNode result) {
    return result.path("benchmark").asText() + Map.of("params", result.path("params"));
  }
}
