package dev.tiercel.benchmarks.figures;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiercel.benchmarks.chart.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which result of a run is meant, written {@code run:
 * Benchmark.method[param=value,param=value]#metric}.
 *
 * @param run the run
 * @param benchmark the end of the benchmark's name, or the whole name of a reading
 * @param params the parameters that tell it apart
 * @param metric which of its metrics, or empty for the score
 */
record Choice(String run, String benchmark, Map<String, String> params, String metric) {
  private static final Pattern FORM =
      Pattern.compile("([a-z0-9-]+): ([^\\[\\]#]+)(?:\\[([^]]*)])?(?:#(.+))?");

  /**
   * Reads the form above.
   *
   * @throws IllegalArgumentException if it is written in another way
   */
  static Choice of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not 'run: Benchmark.method[param=value]#metric'");
    }
    Map<String, String> params = new LinkedHashMap<>();
    if (form.group(3) != null) {
      for (String pair : form.group(3).split(",")) {
        String[] sides = pair.split("=", 2);
        params.put(sides[0], sides[1]);
      }
    }
    String metric = form.group(4) == null ? "" : form.group(4);
    return new Choice(form.group(1), form.group(2), params, metric);
  }

  boolean fits(JsonNode result) {
    if (result.has("name")) {
      return result.get("name").asText().equals(benchmark);
    }
    return result.path("benchmark").asText().endsWith("." + benchmark)
        && params.entrySet().stream()
            .allMatch(
                param ->
                    result.path("params").path(param.getKey()).asText().equals(param.getValue()));
  }

  /** As it is written. */
  String text() {
    String chosen = params.isEmpty() ? "" : params.toString().replaceAll("[{} ]", "");
    return run
        + ": "
        + benchmark
        + (chosen.isEmpty() ? "" : "[" + chosen + "]")
        + (metric.isEmpty() ? "" : "#" + metric);
  }

  /**
   * The median of what the round's iterations say; of a reading, all three that it consists of.
   * None if it has no such metric.
   */
  List<Double> values(JsonNode result) {
    if (result.has("name")) {
      return List.of(
          result.get("low").asDouble(),
          result.get("value").asDouble(),
          result.get("high").asDouble());
    }
    JsonNode measured =
        metric.isEmpty()
            ? result.path("primaryMetric")
            : result.path("secondaryMetrics").path(metric);
    List<Double> iterations = new ArrayList<>();
    measured.path("rawData").forEach(fork -> fork.forEach(each -> iterations.add(each.asDouble())));
    return iterations.isEmpty() ? List.of() : List.of(Reading.of(iterations).value());
  }
}
