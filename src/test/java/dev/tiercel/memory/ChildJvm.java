package dev.tiercel.memory;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs a main class in a JVM of its own. */
final class ChildJvm {
  private ChildJvm() {}

  /** What it printed, errors included, when it had ended. */
  static String run(List<String> options, String classPath, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(Arrays.asList(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError("the child failed: " + said);
      }
      return said;
    } finally {
      process.toHandle().destroyForcibly();
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
