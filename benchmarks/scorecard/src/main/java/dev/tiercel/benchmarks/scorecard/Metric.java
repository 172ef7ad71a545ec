package dev.tiercel.benchmarks.scorecard;

import dev.tiercel.benchmarks.chart.Named;
import dev.tiercel.benchmarks.chart.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One line of the scorecard.
 *
 * @param name what was measured
 * @param unit in what
 * @param naive what the naive repository needs or gets done; not a number if it has none
 * @param tiercel the same of Tiercel
 * @param target what the seed asked for
 */
record Metric(String name, String unit, double naive, double tiercel, Target target) {
  static final String QUERY = "query, mean";
  static final String READS = "reads by 2 threads";
  static final String PAGE = "page request, mean";
  static final String HEAP = "smallest heap that lists everything";
  static final String WRITES = "durable writes by 4 threads";

  /** Those that are held against what was asked for, beside the caches' and the servers'. */
  static final List<String> REPOSITORY = List.of(QUERY, READS, PAGE, HEAP, WRITES);

  static final List<String> HEADING =
      List.of("metric", "naive", "Tiercel", "change", "target", "met");

  /** In per cent; not a number if there is nothing to compare with. */
  double change() {
    return (tiercel / naive - 1) * 100;
  }

  boolean isMet() {
    return target.isMet(this);
  }

  /** What stands under the heading. */
  List<String> cells() {
    String met = target == Target.NONE ? "" : isMet() ? "yes" : "no";
    return List.of(
        name + ", " + unit, number(naive), number(tiercel), changeText(), target.text, met);
  }

  private String changeText() {
    if (Double.isNaN(change())) {
      return "";
    }
    return String.format(
        Locale.ROOT, Math.abs(change()) < 100 ? "%+.1f %%" : "%+,.0f %%", change());
  }

  static String line(List<String> cells) {
    return String.format(Locale.ROOT, "%-46s %10s %10s %12s %9s %4s", cells.toArray())
        .stripTrailing();
  }

  /** Both sides and how many times the one is the other, to be drawn and judged. */
  List<Named> readings() {
    List<Named> all = new ArrayList<>();
    if (!Double.isNaN(naive)) {
      all.add(new Named(name + ": naive", unit, Reading.of(naive)));
    }
    all.add(new Named(name + ": Tiercel", unit, Reading.of(tiercel)));
    if (!Double.isNaN(naive)) {
      all.add(new Named(name + ", times naive: Tiercel", "×", Reading.of(tiercel / naive)));
    }
    return all;
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return String.format(
        Locale.ROOT, value >= 1_000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f", value);
  }
}
