package dev.tiercel.benchmarks.figures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folder with a file for each run, written anew after each of its rounds. It is kept beside the
 * code, so that whoever has the code can go on, draw anew, or look at what a chart was drawn from.
 */
final class Results {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What JMH says of a result beside its metrics; where its JVM lies is of no use to others. */
  private static final List<String> RESULT =
      List.of(
          "jmhVersion",
          "benchmark",
          "mode",
          "threads",
          "warmupIterations",
          "warmupTime",
          "measurementIterations",
          "measurementTime",
          "params",
          "primaryMetric",
          "secondaryMetrics");

  private static final List<String> METRIC = List.of("score", "scoreUnit", "rawData");

  private final Path folder;

  Results(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** What a run has measured so far, if anything; nothing, and said so, if it cannot be read. */
  Optional<Measured> of(String run) throws IOException {
    Path file = file(run);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode all = JSON.readTree(file.toFile());
      List<JsonNode> rounds = new ArrayList<>();
      all.required("rounds").forEach(rounds::add);
      if (!all.required("origin").isObject()) {
        throw new IllegalArgumentException("no origin");
      }
      Origin origin = JSON.treeToValue(all.required("origin"), Origin.class);
      return Optional.of(new Measured(origin.withRounds(rounds.size()), rounds));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      System.out.printf(
          "remake: %s cannot be read, which is as if it were not there: %s%n",
          file, e.getMessage().lines().findFirst().orElse(""));
      return Optional.empty();
    }
  }

  void put(String run, Measured measured) throws IOException {
    ObjectNode all = JSON.createObjectNode();
    all.set("origin", JSON.valueToTree(measured.origin()));
    ArrayNode rounds = all.putArray("rounds");
    measured.rounds().forEach(round -> rounds.add(brief(round)));
    Written.whole(file(run), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all));
  }

  private Path file(String run) {
    return folder.resolve(run + ".json");
  }

  private static JsonNode brief(JsonNode round) {
    JsonNode brief = round.deepCopy();
    for (JsonNode result : brief) {
      if (result.has("benchmark")) { // Else a reading, which is brief.
        ((ObjectNode) result).retain(RESULT);
        ((ObjectNode) result.path("primaryMetric")).retain(METRIC);
        result.path("secondaryMetrics").forEach(metric -> ((ObjectNode) metric).retain(METRIC));
      }
    }
    return brief;
  }

  static JsonNode read(Path file) throws IOException {
    return JSON.readTree(file.toFile());
  }
}
