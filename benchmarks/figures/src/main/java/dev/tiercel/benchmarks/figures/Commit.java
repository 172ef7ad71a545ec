package dev.tiercel.benchmarks.figures;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks git what is being measured. */
final class Commit {
  /** A commit that changes none of these, such as one of the charts, leaves the figures as good. */
  private static final List<String> MEASURED =
      List.of("pom.xml", "src/main", "benchmarks/jmh", "benchmarks/scorecard/src/main");

  private Commit() {}

  /** The newest commit that changed it, and whether something was changed since. */
  static String of(Path root) throws IOException, InterruptedException {
    String commit = git(root, List.of("log", "-1", "--format=%h", "--abbrev=10"));
    boolean changed = !git(root, List.of("status", "--porcelain")).isEmpty();
    return commit + (changed ? " with changes" : "");
  }

  private static String git(Path root, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(arguments);
    command.add("--");
    command.addAll(MEASURED);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? said.strip() : "unknown";
  }
}
