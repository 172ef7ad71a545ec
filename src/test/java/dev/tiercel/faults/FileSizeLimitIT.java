package dev.tiercel.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tiercel.Tiercel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where no file may grow beyond a limit, writes are refused that need it, and nothing else. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FileSizeLimitIT {
  /* In what the shell counts in: 512 or 1,024 bytes each. The driver's library has to fit. */
  private static final int BLOCKS = 6_000;

  @TempDir Path folder;

  @Test
  void writesBeyondTheLimitAreRefusedAndNothingElse() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh to set a limit with");
    Map<String, List<String>> said = run();
    assertEquals(List.of(), said.getOrDefault("wrong", List.of()));
    List<String> acknowledged = said.getOrDefault("acknowledged", List.of());
    assertTrue(acknowledged.size() > 50, acknowledged::toString);
    List<String> told = new ArrayList<>(said.getOrDefault("refused", List.of()));
    told.addAll(said.getOrDefault("unknown", List.of()));
    assertFalse(told.isEmpty(), "nothing reached the limit");
    told.forEach(each -> assertTrue(each.contains("limit"), each));
    assertTrue(said.get("failures").stream().anyMatch(n -> !n.equals("0")), "no tier reached it");
    try (Tiercel tiercel = LimitedProcess.open(folder)) {
      for (String id : acknowledged) {
        assertTrue(tiercel.tasks().findById(id).isPresent(), id);
      }
      for (String each : said.getOrDefault("refused", List.of())) {
        assertTrue(tiercel.tasks().findById(each.split(" ", 2)[0]).isEmpty(), each);
      }
    }
  }

  private Map<String, List<String>> run() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/sh", "-c", "ulimit -f " + BLOCKS + " && exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
    command.add("-Dorg.sqlite.tmpdir=" + folder);
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(LimitedProcess.class.getName(), folder.toString()));
    Path errors = folder.resolve("errors");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    Map<String, List<String>> said = new TreeMap<>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", 2);
        said.computeIfAbsent(words[0], any -> new ArrayList<>())
            .add(words.length > 1 ? words[1] : "");
      }
    } finally {
      process.toHandle().destroyForcibly();
    }
    assertTrue(said.containsKey("end"), () -> "it died: " + read(errors));
    return said;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
