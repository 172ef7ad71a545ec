package dev.tiercel.benchmarks.figures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The folder with a file for each run, written anew after each of its rounds. */
final class Results {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  Results(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** What a run has measured so far, if anything; nothing, and said so, if it cannot be read. */
  Optional<Measured> of(String run) throws IOException {
    Path file = file(run + ".json");
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
    measured.rounds().forEach(all.putArray("rounds")::add);
    Written.whole(
        file(run + ".json"), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all));
  }

  static JsonNode read(Path file) throws IOException {
    return JSON.readTree(file.toFile());
  }
}
