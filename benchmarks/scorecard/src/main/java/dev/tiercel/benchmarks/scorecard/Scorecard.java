package dev.tiercel.benchmarks.scorecard;

import dev.tiercel.benchmarks.chart.Named;
import dev.tiercel.benchmarks.scorecard.cache.CacheResult;
import dev.tiercel.benchmarks.scorecard.cache.CacheScorecard;
import dev.tiercel.benchmarks.scorecard.web.WebResult;
import dev.tiercel.benchmarks.scorecard.web.WebScorecard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prints what Tiercel gains over the repository it replaces, beside what the seed asked for. */
public final class Scorecard {
  private static final int TASKS = 100_000;
  private static final int BROKEN = 1;
  private static final int REFUSED = 2;
  // 3 is how a JVM ends that runs out of memory.
  private static final int MISSED = 4;

  private final long start = System.nanoTime();
  private final List<Metric> metrics = new ArrayList<>();
  private final List<Named> more = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();

  private Scorecard() {}

  /** One measurement of one side. */
  private interface Measurement {
    double of(Side side) throws Exception;
  }

  /**
   * Runs it. The exit status is {@value #MISSED} if a target of the seed was missed, {@value
   * #REFUSED} if what was asked for cannot be measured, {@value #BROKEN} if something broke.
   *
   * @param args none; see the system properties {@code db}, {@code tasks}, {@code part} and {@code
   *     report}, the folder for the report
   */
  public static void main(String[] args) {
    int exit = 0;
    try {
      exit = new Scorecard().run() ? 0 : MISSED;
    } catch (Refusal e) {
      System.out.println("scorecard: " + e.getMessage());
      exit = REFUSED;
    } catch (Throwable e) {
      e.printStackTrace(System.out);
      exit = BROKEN;
    }
    System.out.flush();
    System.exit(exit);
  }

  /** Says whether all targets were met. */
  private boolean run() throws Exception {
    Part part = Part.asked();
    try (Workplace workplace = new Workplace()) {
      if (part.has(Part.REPOSITORY)) {
        repository(workplace);
      }
      if (part.has(Part.CACHES)) {
        CacheResult caches = CacheScorecard.run(workplace, this::progress);
        metrics.add(
            new Metric(
                "hit rate of the caches", "%", Double.NaN, caches.hitRate(), Target.HIT_RATE));
        more.addAll(caches.readings());
        texts.add(caches.text());
      }
      if (part.has(Part.WEB)) {
        WebResult web = WebScorecard.run(workplace, part == Part.WEB, this::progress);
        metrics.add(
            new Metric(
                "a list behind a server, mean",
                "ms",
                web.naiveMillis(),
                web.tiercelMillis(),
                Target.RESPONSE));
        more.addAll(web.readings());
        texts.add(web.text());
      }
    }
    texts.forEach(text -> System.out.printf("%n%s%n", text));
    System.out.printf("%n%s%n", Metric.line(Metric.HEADING));
    metrics.forEach(metric -> System.out.println(Metric.line(metric.cells())));
    Path page = new Report(metrics, more, texts).write(Path.of(System.getProperty("report", ".")));
    System.out.printf("%nThe same with charts: %s%n", page.toAbsolutePath().normalize().toUri());
    List<String> missed = Missed.of(metrics);
    missed.forEach(line -> System.out.println("scorecard: " + line));
    return missed.isEmpty();
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
    texts.add(header);
  }

  private void measure(
      Workplace workplace, Databases databases, Sample sample, Side naive, Side tiercel)
      throws Exception {
    Mix mix = new Mix(sample);
    add(Metric.QUERY, "ms", Target.QUERIES, naive, tiercel, s -> Latency.mean(s, mix.reads()));
    add(
        Metric.READS,
        "1/s",
        Target.THROUGHPUT,
        naive,
        tiercel,
        s -> Throughput.reads(s, mix.reads()));
    add(Metric.PAGE, "ms", Target.RESPONSE, naive, tiercel, s -> Latency.mean(s, mix.pages()));
    add(
        "page request, 95th percentile",
        "ms",
        Target.NONE,
        naive,
        tiercel,
        s -> Latency.percentile95(s, mix.pages()));
    add(
        Metric.HEAP,
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
    add(Metric.WRITES, "1/s", Target.THROUGHPUT, naive, tiercel, s -> Throughput.writes(s, sample));
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
