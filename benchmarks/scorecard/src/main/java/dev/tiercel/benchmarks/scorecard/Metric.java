package dev.tiercel.benchmarks.scorecard;

import java.util.Locale;

/**
 * One line of the scorecard.
 *
 * @param name what was measured
 * @param unit in what
 * @param naive what the naive repository needs or gets done
 * @param tiercel the same of Tiercel
 * @param target what the seed asked for
 */
record Metric(String name, String unit, double naive, double tiercel, Target target) {

  /** What the seed asked for. */
  enum Target {
    QUERIES("-40 %"),
    THROUGHPUT("+50 %"),
    RESPONSE("< 100 ms"),
    MEMORY("-25 %");

    private final String text;

    Target(String text) {
      this.text = text;
    }
  }

  private double change() {
    return (tiercel / naive - 1) * 100;
  }

  private boolean met() {
    return switch (target) {
      case QUERIES -> change() <= -40;
      case THROUGHPUT -> change() >= 50;
      case RESPONSE -> tiercel < 100;
      case MEMORY -> change() <= -25;
    };
  }

  static String heading() {
    return row("metric", "naive", "Tiercel", "change", "target", "met");
  }

  String line() {
    return row(
        name + ", " + unit,
        number(naive),
        number(tiercel),
        String.format(Locale.ROOT, Math.abs(change()) < 100 ? "%+.1f %%" : "%+,.0f %%", change()),
        target.text,
        met() ? "yes" : "no");
  }

  private static String number(double value) {
    return String.format(
        Locale.ROOT, value >= 1_000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f", value);
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-46s %10s %10s %12s %9s %4s", cells);
  }
}
