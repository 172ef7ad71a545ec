package dev.tiercel.memory;

import java.util.Arrays;

/**
 * The slope of a series as the median of the slopes of all its pairs: up to 29 % of the points may
 * be anything at all without moving it far.
 *
 * <p>H. Theil, "A rank-invariant method of linear and polynomial regression analysis", 1950; P. K.
 * Sen, "Estimates of the regression coefficient based on Kendall's tau", Journal of the American
 * Statistical Association 63, 1968, which also gives the confidence interval.
 */
final class TheilSen {
  private final double[] slopes;

  private TheilSen(double[] slopes) {
    this.slopes = slopes;
  }

  /** Of pairs in the same moment, or with time going back, nothing is made. */
  static TheilSen of(double[] times, double[] values) {
    int n = times.length;
    double[] slopes = new double[n * (n - 1) / 2];
    int count = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        if (times[j] > times[i]) {
          slopes[count++] = (values[j] - values[i]) / (times[j] - times[i]);
        }
      }
    }
    slopes = Arrays.copyOf(slopes, count);
    Arrays.sort(slopes);
    return new TheilSen(slopes);
  }

  boolean isEmpty() {
    return slopes.length == 0;
  }

  /** The slope; 0 if there is no pair. */
  double slope() {
    return isEmpty() ? 0 : median(slopes);
  }

  /**
   * The lower end of a confidence interval.
   *
   * @param reach how many standard deviations to each side, such as 1.96 for 95 %
   * @param deviation the standard deviation of Kendall's S
   */
  double low(double reach, double deviation) {
    double below = (slopes.length - reach * deviation) / 2;
    return slopes[(int) Math.max(0, Math.min(slopes.length - 1, Math.floor(below)))];
  }

  /** The median of what is sorted, and not empty. */
  static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
