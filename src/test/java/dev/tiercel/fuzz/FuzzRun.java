package dev.tiercel.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fuzzes each target for some seconds, led by the coverage of the code, and prints how often it was
 * tried. Ends with 1 if one was seen to fail. What is worth trying again stays in {@code
 * target/fuzz} for the next run.
 */
public final class FuzzRun {
  private static final Path HOME = Path.of("target", "fuzz");
  private static final Duration GRACE = Duration.ofMinutes(2);
  private static final Pattern RUNS = Pattern.compile("number_of_executed_units: (\\d+)");
  private static final Pattern COVERED = Pattern.compile("(?s).* cov: (\\d+) .*");

  private FuzzRun() {}

  /**
   * Runs.
   *
   * @param args for how many seconds each, and a pattern for the names of the targets
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int seconds = Integer.parseInt(args[0]);
    Pattern chosen = Pattern.compile(args[1], Pattern.CASE_INSENSITIVE);
    long all = 0;
    int failed = 0;
    System.out.printf("%-18s%14s%10s%10s%10s%n", "target", "runs", "per s", "edges", "");
    for (FuzzTarget target : FuzzTarget.values()) {
      if (chosen.matcher(target.name()).matches()) {
        String log = run(target, seconds);
        long runs = number(RUNS.matcher(log), false);
        boolean good = runs > 0 && log.contains("Done " + runs + " runs");
        System.out.printf(
            "%-18s%,14d%,10d%10d%10s%n",
            target.name().toLowerCase(Locale.ROOT),
            runs,
            runs / seconds,
            number(COVERED.matcher(log), true),
            good ? "ok" : "FAILED, see " + log(target));
        all += runs;
        failed += good ? 0 : 1;
      }
    }
    System.out.printf("%-18s%,14d%30s%n", "all", all, failed + " failed");
    System.exit(failed == 0 ? 0 : 1);
  }

  private static long number(Matcher in, boolean whole) {
    return (whole ? in.matches() : in.find()) ? Long.parseLong(in.group(1)) : 0;
  }

  private static Path log(FuzzTarget target) {
    return HOME.resolve(target + ".log");
  }

  private static String run(FuzzTarget target, int seconds)
      throws IOException, InterruptedException {
    Path corpus = Files.createDirectories(HOME.resolve(target.name()).resolve("corpus"));
    List<byte[]> inputs = target.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      Files.write(corpus.resolve("given-" + i), inputs.get(i));
    }
    Process process =
        new ProcessBuilder(command(target, corpus, seconds))
            .redirectErrorStream(true)
            .redirectOutput(log(target).toFile())
            .start();
    try {
      if (!process.waitFor(seconds + GRACE.toSeconds(), TimeUnit.SECONDS)) {
        System.out.println(target + " did not end");
      }
    } finally {
      process.toHandle().destroyForcibly();
    }
    return Files.readString(log(target));
  }

  private static List<String> command(FuzzTarget target, Path corpus, int seconds) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-Xss512k", "-XX:+UseSerialGC"));
    command.add("-XX:+EnableDynamicAgentLoading");
    command.add("-Dfuzz.target=" + target);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + FuzzEntry.class.getName());
    command.add("--instrumentation_includes=dev.tiercel.**:com.fasterxml.jackson.dataformat.**");
    command.add("--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*");
    command.add("--reproducer_path=" + corpus.getParent());
    command.add("-artifact_prefix=" + corpus.getParent() + "/");
    command.add("-max_total_time=" + seconds);
    command.add("-max_len=" + target.longest());
    command.addAll(List.of("-timeout=30", "-rss_limit_mb=0", "-print_final_stats=1"));
    command.add(corpus.toString());
    return command;
  }
}
