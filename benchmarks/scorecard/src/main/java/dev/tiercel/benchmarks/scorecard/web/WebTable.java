package dev.tiercel.benchmarks.scorecard.web;

import dev.tiercel.benchmarks.chart.Named;
import dev.tiercel.benchmarks.chart.Reading;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The part of the scorecard about servers, as text. */
final class WebTable {
  private static final double TIMES_NAIVE = 10;
  private static final double MEAN_MILLIS = 100;

  /** From a server that has all it can do, four times the connections get less than this. */
  private static final double SATURATED = 1.5;

  private final Plan plan;
  private final Map<Integer, Map<Site, List<Round>>> rounds = new TreeMap<>();
  private final List<String> lines = new ArrayList<>();

  WebTable(Plan plan) {
    this.plan = plan;
  }

  void add(Order order, Round round) {
    rounds
        .computeIfAbsent(order.connections(), connections -> new EnumMap<>(Site.class))
        .computeIfAbsent(order.site(), site -> new ArrayList<>())
        .add(round);
  }

  String text(String tasks, int agents, SameRows rows) {
    String heading =
        """
        Behind a server
          tasks        %s
          asked for    %s?agent=...: the newest %.0f of one of %d agents, drawn by Zipf 0.99;
                       %,d bytes of JSON
          servers      the JDK's with %d threads, each in a process of its own with %d MiB of heap:
                       the naive repository; Tiercel's cached one; the same behind a cache of
                       responses; and bytes that are there already, which is what the server costs
          client       a process of its own on the same machine; closed loop: each connection asks
                       again when it is answered, so times say how long one waits for a server that
                       is that busy
          writes       one of %d requests changes a title, durably; whoever wrote reads the list next
          rounds       %d of each server in turn, %.1f s each after %.1f s that do not count; medians
        """
            .formatted(
                tasks,
                Site.LIST,
                rows.meanRows(),
                agents,
                rows.meanBytes(),
                ServerChild.THREADS,
                Server.HEAP,
                Requests.WRITES,
                plan.rounds(),
                plan.millis() / 1e3,
                plan.settleMillis() / 1e3);
    add("behind a server", Site::title, "target", "met");
    rounds.keySet().forEach(this::figures);
    checks();
    return heading + System.lineSeparator() + String.join(System.lineSeparator(), lines);
  }

  private void figures(int connections) {
    boolean isMost = connections == Plan.MOST;
    add(connections + " connections, requests/s", medians(connections, Round::perSecond));
    double mean = slowerMean(connections);
    add(
        "  a read, mean, ms",
        medians(connections, Round::mean),
        isMost ? String.format(Locale.ROOT, "< %.0f", MEAN_MILLIS) : "",
        isMost ? met(mean < MEAN_MILLIS) : "");
    add("  a read, 99th percentile, ms", medians(connections, Round::percentile99));
    add("  a write, mean, ms", medians(connections, Round::writeMean));
    double naive = median(connections, Site.NAIVE, Round::perSecond);
    double times = median(connections, Site.CACHED, Round::perSecond) / naive;
    add(
        "  times the requests of naive",
        medians(connections, round -> round.perSecond() / naive),
        isMost ? String.format(Locale.ROOT, ">= %.0f", TIMES_NAIVE) : "",
        isMost ? met(times >= TIMES_NAIVE) : "");
  }

  private double slowerMean(int connections) {
    return Math.max(
        median(connections, Site.TIERCEL, Round::mean),
        median(connections, Site.CACHED, Round::mean));
  }

  /** The same figures, to be judged and drawn. */
  WebResult result(String text) {
    List<Named> readings = new ArrayList<>();
    rounds.forEach(
        (connections, sites) -> {
          String panel = connections + (connections == 1 ? " connection" : " connections");
          List<Round> naive = sites.get(Site.NAIVE);
          for (Site site : List.of(Site.TIERCEL, Site.CACHED)) {
            readings.add(timesNaive(panel, site, sites.get(site), naive));
          }
          sites.forEach(
              (site, all) -> {
                readings.add(reading(panel, site, "requests/s", all, Round::perSecond));
                readings.add(reading(panel + ", a read", site, "ms", all, Round::mean));
                readings.add(
                    reading(panel + ", 99th percentile", site, "ms", all, Round::percentile99));
              });
        });
    double naive = median(Plan.MOST, Site.NAIVE, Round::mean);
    return new WebResult(text, naive, slowerMean(Plan.MOST), readings);
  }

  /** Round by round, each with the same requests. */
  private static Named timesNaive(String panel, Site site, List<Round> all, List<Round> naive) {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      times.add(all.get(i).perSecond() / naive.get(i).perSecond());
    }
    return new Named(panel + ", times naive: " + site.label(), "×", Reading.of(times));
  }

  private static Named reading(
      String panel, Site site, String unit, List<Round> all, ToDoubleFunction<Round> figure) {
    List<Double> measured = all.stream().mapToDouble(figure).boxed().toList();
    return new Named(panel + ": " + site.label(), unit, Reading.of(measured));
  }

  private void checks() {
    long stale = 0;
    for (Site site : Site.values()) {
      stale += sum(site, Round::stale);
    }
    add("reads that were to show a write", sums(Round::checked));
    add("  and did not", sums(Round::stale), "0", met(stale == 0));
    add("refused: the lock was held for 5 s", sums(Round::refused));
    add("cores that the client took", medians(Plan.MOST, Round::busy));
    if (rounds.containsKey(Plan.SOME)) {
      double more =
          median(Plan.MOST, Site.NAIVE, Round::perSecond)
              / median(Plan.SOME, Site.NAIVE, Round::perSecond);
      lines.add("");
      lines.add(
          String.format(
              Locale.ROOT,
              "the naive server is %s: %d connections get %.2f times the requests of %d",
              more < SATURATED ? "saturated" : "not saturated",
              Plan.MOST,
              more,
              Plan.SOME));
    }
  }

  private double median(int connections, Site site, ToDoubleFunction<Round> figure) {
    double[] sorted =
        rounds.get(connections).get(site).stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private Function<Site, String> medians(int connections, ToDoubleFunction<Round> figure) {
    return site -> number(median(connections, site, figure));
  }

  private long sum(Site site, ToLongFunction<Round> figure) {
    return rounds.values().stream()
        .flatMap(sites -> sites.get(site).stream())
        .mapToLong(figure)
        .sum();
  }

  private Function<Site, String> sums(ToLongFunction<Round> figure) {
    return site -> String.format(Locale.ROOT, "%,d", sum(site, figure));
  }

  private void add(String name, Function<Site, String> cells) {
    add(name, cells, "", "");
  }

  private void add(String name, Function<Site, String> cells, String target, String met) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-35s", name));
    for (Site site : Site.values()) {
      line.append(String.format(Locale.ROOT, " %12s", cells.apply(site)));
    }
    line.append(String.format(Locale.ROOT, " %9s %4s", target, met));
    lines.add(line.toString().stripTrailing());
  }

  private static String number(double value) {
    if (value == 0) {
      return "-"; // In most rounds there was none of it.
    }
    String format = value >= 1_000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }

  private static String met(boolean isMet) {
    return isMet ? "yes" : "no";
  }
}
