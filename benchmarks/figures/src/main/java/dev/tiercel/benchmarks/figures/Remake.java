package dev.tiercel.benchmarks.figures;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Measures what the page about performance shows, and makes its charts and tables anew. */
public final class Remake {
  private static final String ALL = "true";
  private static final String NOTHING = "nothing";
  private static final String LIST = "list";

  private final Catalog catalog = Catalog.all();
  private final Path root;
  private final Results results;
  private final Rounds rounds;
  private final Path docs;
  private final List<String> failed = new ArrayList<>();

  private Remake(Path benchmarks, boolean trial) throws IOException {
    this.root = benchmarks.getParent();
    Path scratch = benchmarks.resolve("figures/target/trial");
    this.results = new Results(trial ? scratch : benchmarks.resolve("figures/results"));
    this.rounds = new Rounds(benchmarks, trial ? scratch : benchmarks.resolve("target/figures"));
    this.docs = trial ? Files.createDirectories(scratch.resolve("docs")) : root.resolve("docs");
  }

  /**
   * Runs it.
   *
   * @param args none; see the system properties {@code remake} and {@code remake.trial}
   */
  public static void main(String[] args) {
    int exit = 1;
    try {
      boolean trial = !System.getProperty("remake.trial", "false").equals("false");
      Remake remake = new Remake(Path.of(System.getProperty("benchmarks")).toAbsolutePath(), trial);
      exit = remake.run(System.getProperty("remake", ALL).strip(), trial);
    } catch (IllegalArgumentException e) {
      System.out.println("remake: " + e.getMessage());
      exit = 2;
    } catch (Exception e) {
      e.printStackTrace(System.out);
    }
    System.out.flush();
    System.exit(exit);
  }

  private int run(String asked, boolean trial) throws IOException, InterruptedException {
    if (asked.equals(LIST)) {
      for (Run run : catalog.runs()) {
        System.out.printf(
            "%-20s about %3d s  %s%n", run.name(), run.expectedSeconds(), run.command());
      }
      return 0;
    }
    List<Run> runs = chosen(asked);
    if (!runs.isEmpty()) {
      measure(trial ? runs.stream().map(Run::trial).toList() : runs);
    }
    Map<String, Set<String>> left = new Drawing(catalog, results, docs).draw(root.resolve("docs"));
    System.out.println("drawn: " + docs.resolve("performance.md"));
    left.forEach(
        (name, missing) ->
            System.out.printf("left as it is: %s, without figures of %s%n", name, missing));
    failed.forEach(System.out::println);
    if (!failed.isEmpty()) {
      System.out.println("remake: the same command again measures only what is missing");
    }
    return failed.isEmpty() ? 0 : 1;
  }

  private List<Run> chosen(String asked) {
    if (asked.equals(ALL) || asked.isEmpty()) {
      return catalog.runs();
    }
    if (asked.equals(NOTHING)) {
      return List.of();
    }
    List<String> names = Arrays.stream(asked.split(",")).map(String::strip).toList();
    List<String> known = catalog.runs().stream().map(Run::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "-Dremake=%s: there is no %s, only %s".formatted(asked, name, known));
      }
    }
    return catalog.runs().stream().filter(run -> names.contains(run.name())).toList();
  }

  /** One that fails is named at the end and does not keep the others from being measured. */
  private void measure(List<Run> runs) throws IOException, InterruptedException {
    String commit = Commit.of(root);
    Progress progress = new Progress(runs);
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      try {
        measure(run, Origin.now(run, commit), i + 1, progress);
      } catch (IOException e) {
        progress.failed(run);
        failed.add("remake: " + run.name() + " failed: " + e.getMessage());
        System.out.println(failed.get(failed.size() - 1));
      }
    }
  }

  private void measure(Run run, Origin origin, int at, Progress progress)
      throws IOException, InterruptedException {
    List<JsonNode> done = new ArrayList<>();
    Optional<Measured> earlier = results.of(run.name());
    if (earlier.isPresent()) {
      String differs = origin.differsFrom(earlier.get().origin());
      if (differs.isEmpty()) {
        earlier.get().rounds().stream().limit(run.rounds()).forEach(done::add);
        progress.spared(run, done.size());
        progress.say(at, run, done.size() + " of " + run.rounds() + " rounds are there already");
      } else {
        progress.say(at, run, "measured anew: " + differs);
      }
    }
    while (done.size() < run.rounds()) {
      progress.begins(at, run, done.size() + 1);
      long start = System.nanoTime();
      done.add(rounds.run(run));
      progress.took(run, (System.nanoTime() - start) / 1e9);
      results.put(run.name(), new Measured(origin.withRounds(done.size()), done));
    }
  }
}
