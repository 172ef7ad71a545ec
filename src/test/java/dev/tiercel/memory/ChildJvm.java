package dev.tiercel.memory;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs a main class in a JVM of its own. */
final class ChildJvm {
  private ChildJvm() {}

  /** What it printed, errors included, when it had ended, which it must within the limit. */
  static String run(
      Duration limit, List<String> options, String classPath, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(Arrays.asList(arguments));
    Path output = Files.createTempFile("child", ".txt"); // A pipe would have to be read meanwhile.
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      String said = Files.readString(output);
      if (!ended || process.exitValue() != 0) {
        throw new AssertionError((ended ? "the child failed: " : "the child did not end: ") + said);
      }
      return said;
    } finally {
      process.toHandle().destroyForcibly();
      process.waitFor();
      Files.delete(output);
    }
  }

  static String classPath() {
    return System.getProperty("java.class.path");
  }

  static String classPathWithout(String... words) {
    return Arrays.stream(classPath().split(File.pathSeparator))
        .filter(entry -> Arrays.stream(words).noneMatch(new File(entry).getName()::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
