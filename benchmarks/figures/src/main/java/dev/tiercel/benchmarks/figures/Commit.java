package dev.tiercel.benchmarks.figures;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks git what is being measured. */
final class Commit {
  /** A commit that changes none of these, such as one of the charts, leaves the figures as good. */
  private static final List<String> MEASURED =
      List.of(
          "pom.xml",
          "src/main",
          "benchmarks/pom.xml",
          "benchmarks/jmh",
          "benchmarks/scorecard/pom.xml",
          "benchmarks/scorecard/src/main",
          ":(exclude)benchmarks/scorecard/src/main/java/dev/tiercel/benchmarks/chart");

  private static final String UNKNOWN = "unknown";
  private static final String CHANGED = " with changes";

  private Commit() {}

  /**
   * The newest commit that changed it, and whether something was changed since; or that it is not
   * known, without git or outside of a repository.
   */
  static String of(Path root) throws InterruptedException {
    Optional<String> commit = git(root, List.of("log", "-1", "--format=%h", "--abbrev=10"));
    Optional<String> changed = git(root, List.of("status", "--porcelain"));
    if (commit.isEmpty() || commit.get().isEmpty() || changed.isEmpty()) {
      return UNKNOWN;
    }
    return commit.get() + (changed.get().isEmpty() ? "" : CHANGED);
  }

  /** Whether it says of which code it is, so that another measurement can be of the same. */
  static boolean isExact(String commit) {
    return !commit.equals(UNKNOWN) && !commit.endsWith(CHANGED);
  }

  private static Optional<String> git(Path root, List<String> arguments)
      throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(arguments);
    command.add("--");
    command.addAll(MEASURED);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(said.strip()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // There is no git here.
    }
  }
}
