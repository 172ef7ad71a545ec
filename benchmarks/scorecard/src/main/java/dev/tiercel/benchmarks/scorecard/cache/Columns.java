package dev.tiercel.benchmarks.scorecard.cache;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** How the tables are written. */
final class Columns {
  private Columns() {}

  static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-46s %10s %10s %12s %9s %4s", cells).stripTrailing();
  }

  static String number(double value) {
    String format = value >= 1_000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }

  static String atLeast(double target) {
    return String.format(Locale.ROOT, target < 1 ? ">= %.1f" : ">= %.0f", target);
  }

  static String met(boolean isMet) {
    return isMet ? "yes" : "no";
  }

  static double median(DoubleStream figures) {
    double[] sorted = figures.sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
