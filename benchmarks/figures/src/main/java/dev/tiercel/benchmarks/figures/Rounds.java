package dev.tiercel.benchmarks.figures;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one round of a run in a JVM of its own, and reads what it has written. */
final class Rounds {
  private static final long LIMIT_MINUTES = 30;
  private static final int MISSED_TARGET = 4;

  private final Path benchmarks;
  private final Path work;

  /**
   * Runs them there.
   *
   * @param benchmarks the folder of the benchmarks
   * @param work where their logs go
   */
  Rounds(Path benchmarks, Path work) throws IOException {
    this.benchmarks = benchmarks;
    this.work = Files.createDirectories(work);
  }

  /**
   * Runs it.
   *
   * @throws IOException if it ends badly or has written nothing; the message names its log
   */
  JsonNode run(Run run) throws IOException, InterruptedException {
    Path written = work.resolve(run.isScorecard() ? "scorecard.json" : run.name() + ".round");
    Path log = work.resolve(run.name() + ".log");
    Files.deleteIfExists(written);
    Process process =
        new ProcessBuilder(run.isScorecard() ? scorecard(run) : jmh(run, written))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Thread end = new Thread(() -> destroy(process));
    Runtime.getRuntime().addShutdownHook(end);
    try {
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException("no end after " + LIMIT_MINUTES + " minutes; see " + log);
      }
      int exit = process.exitValue();
      if ((exit != 0 && !(run.isScorecard() && exit == MISSED_TARGET)) || !Files.exists(written)) {
        throw new IOException("exit status " + exit + "; see " + log);
      }
      JsonNode round = Results.read(written);
      Files.delete(written);
      return round;
    } finally {
      destroy(process);
      try {
        Runtime.getRuntime().removeShutdownHook(end);
      } catch (IllegalStateException e) {
        // This JVM ends already, and the hook runs.
      }
    }
  }

  /** With the JVM that it has forked. */
  private static void destroy(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
  }

  private List<String> jmh(Run run, Path written) {
    List<String> command = java();
    // Where -Djmh.args keeps its databases too.
    command.add("-Dworkplace=" + benchmarks.resolve("jmh/target"));
    command.add("org.openjdk.jmh.Main");
    command.addAll(run.arguments());
    command.addAll(List.of("-foe", "true", "-rf", "json", "-rff", written.toString()));
    return command;
  }

  private List<String> scorecard(Run run) {
    List<String> command = java();
    command.add("-Dworkplace=" + benchmarks.resolve("scorecard/target"));
    command.add("-Dreport=" + work);
    command.addAll(run.arguments());
    command.add("dev.tiercel.benchmarks.scorecard.Scorecard");
    return command;
  }

  private static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(System.getProperty("native.access", "-Xshare:auto"));
    command.add("-classpath");
    command.add(System.getProperty("java.class.path"));
    return command;
  }
}
