package dev.tiercel.benchmarks.chart;

import java.util.List;

/**
 * One figure and how far it varied.
 *
 * @param value the median
 * @param low the lowest that was measured
 * @param high the highest
 */
public record Reading(double value, double low, double high) {

  /**
   * Checks that the value lies between the other two.
   *
   * @throws IllegalArgumentException if it does not, or one of them is no finite number
   */
  public Reading {
    if (!(low <= value && value <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "a reading of %s from %s to %s; it must lie between finite numbers"
              .formatted(value, low, high));
    }
  }

  /**
   * A figure that was measured once.
   *
   * @param value the figure
   * @return the reading
   */
  public static Reading of(double value) {
    return new Reading(value, value, value);
  }

  /**
   * The median and the extremes.
   *
   * @param measured what was measured, in any order
   * @return the reading
   * @throws IllegalArgumentException if nothing was measured
   */
  public static Reading of(List<Double> measured) {
    if (measured.isEmpty()) {
      throw new IllegalArgumentException("a reading of nothing");
    }
    List<Double> sorted = measured.stream().sorted().toList();
    return new Reading(median(sorted), sorted.get(0), sorted.get(sorted.size() - 1));
  }

  /**
   * The same without what is noise below a tenth.
   *
   * @return the reading, each of its figures rounded to a tenth
   */
  public Reading toTenths() {
    return new Reading(tenths(value), tenths(low), tenths(high));
  }

  private static double tenths(double figure) {
    return Math.round(figure * 10) / 10.0;
  }

  private static double median(List<Double> sorted) {
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
