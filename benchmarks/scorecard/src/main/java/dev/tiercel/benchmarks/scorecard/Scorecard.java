package dev.tiercel.benchmarks.scorecard;

import dev.tiercel.benchmarks.scorecard.Metric.Target;
import dev.tiercel.benchmarks.scorecard.cache.CacheScorecard;
import dev.tiercel.benchmarks.scorecard.web.WebScorecard;
import java.util.ArrayList;
import java.util.List;

/** Prints what Tiercel gains over the repository it replaces, beside what the seed asked for. */
public final class Scorecard {
  private static final int TASKS = 100_000;

  private final long start = System.nanoTime();
  private final List<Metric> metrics = new ArrayList<>();

  private Scorecard() {}

  /** One measurement of one side. */
  private interface Measurement {
    double of(Side side) throws Exception;
  }

  /**
   * Runs it. A missed target is a result; only what breaks makes the exit code other than 0.
   *
   * @param args none; see the system properties {@code db}, {@code tasks} and {@code part}
   */
  public static void main(String[] args) {
    int exit = 0;
    try {
      new Scorecard().run();
    } catch (Refusal e) {
      System.out.println("scorecard: " + e.getMessage());
      exit = 2;
    } catch (Throwable e) {
      e.printStackTrace(System.out);
      exit = 1;
    }
    System.out.flush();
    System.exit(exit);
  }

  private void run() throws Exception {
    Part part = Part.asked();
    try (Workplace workplace = new Workplace()) {
      if (part.has(Part.REPOSITORY)) {
        repository(workplace);
      }
      if (part.has(Part.CACHES)) {
        print(CacheScorecard.run(workplace, this::progress));
      }
      if (part.has(Part.WEB)) {
        print(WebScorecard.run(workplace, part == Part.WEB, this::progress));
      }
    }
  }

  private static void print(String text) {
    System.out.println();
    System.out.println(text);
    System.out.println();
  }

  private void repository(Workplace workplace) throws Exception {
    progress("preparing two databases with the same tasks");
    Databases databases = Databases.prepare(workplace, "", TASKS);
    Sample sample = Sample.of(databases.naive(), 4_096);
    String header = Header.of(databases, sample.rows());
    try (Side naive = new NaiveRepository(databases.naive());
        Side tiercel = new TiercelSide(databases.tiercel())) {
      progress("comparing the answers");
      Agreement.check(new NaiveRepository(databases.naive(), true), tiercel, sample);
      measure(workplace, databases, sample, naive, tiercel);
    }
    System.out.println();
    System.out.println(header);
    System.out.println();
    System.out.println(Metric.heading());
    metrics.forEach(metric -> System.out.println(metric.line()));
    System.out.println();
  }

  private void measure(
      Workplace workplace, Databases databases, Sample sample, Side naive, Side tiercel)
      throws Exception {
    Mix mix = new Mix(sample);
    add("query, mean", "ms", Target.QUERIES, naive, tiercel, s -> Latency.mean(s, mix.reads()));
    add(
        "reads by 2 threads",
        "1/s",
        Target.THROUGHPUT,
        naive,
        tiercel,
        s -> Throughput.reads(s, mix.reads()));
    add(
        "page request, 95th percentile",
        "ms",
        Target.RESPONSE,
        naive,
        tiercel,
        s -> Latency.percentile95(s, mix.pages()));
    add(
        "smallest heap that lists everything",
        "MiB",
        Target.MEMORY,
        naive,
        tiercel,
        s ->
            new HeapProbe(
                    workplace,
                    s.name(),
                    s == naive ? databases.naive() : databases.tiercel(),
                    sample.rows())
                .smallest());
    // Last, because it changes the tasks.
    add(
        "durable writes by 4 threads",
        "1/s",
        Target.THROUGHPUT,
        naive,
        tiercel,
        s -> Throughput.writes(s, sample));
  }

  private void add(
      String name, String unit, Target target, Side naive, Side tiercel, Measurement measurement)
      throws Exception {
    progress(name + ": naive");
    double before = measurement.of(naive);
    progress(name + ": Tiercel");
    metrics.add(new Metric(name, unit, before, measurement.of(tiercel), target));
  }

  private void progress(String step) {
    System.out.printf("%4d s  %s%n", (System.nanoTime() - start) / 1_000_000_000L, step);
  }
}
