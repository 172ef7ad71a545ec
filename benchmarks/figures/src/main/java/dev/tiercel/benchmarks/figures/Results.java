package dev.tiercel.benchmarks.figures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  /** What a run has measured so far, if anything. */
  Optional<Measured> of(String run) throws IOException {
    Path file = file(run + ".json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode all = JSON.readTree(file.toFile());
    List<JsonNode> rounds = new ArrayList<>();
    all.path("rounds").forEach(rounds::add);
    Origin origin = JSON.treeToValue(all.path("origin"), Origin.class);
    return Optional.of(new Measured(origin.withRounds(rounds.size()), rounds));
  }

  void put(String run, Measured measured) throws IOException {
    ObjectNode all = JSON.createObjectNode();
    all.set("origin", JSON.valueToTree(measured.origin()));
    measured.rounds().forEach(all.putArray("rounds")::add);
    Path unfinished = file(run + ".unfinished");
    JSON.writerWithDefaultPrettyPrinter().writeValue(unfinished.toFile(), all);
    Files.move(
        unfinished,
        file(run + ".json"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  static JsonNode read(Path file) throws IOException {
    return JSON.readTree(file.toFile());
  }
}
