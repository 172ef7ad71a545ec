package dev.tiercel.memory;

import java.util.Arrays;

/**
 * How far a series is from having no trend, whatever its values are distributed like.
 *
 * <p>Kendall's S counts the pairs that rise minus those that fall (H. B. Mann, "Nonparametric tests
 * against trend", Econometrica 13, 1945; M. G. Kendall, "Rank correlation methods", 1975, for
 * ties). Its variance is made larger where what is left of the series without the trend depends on
 * what was before, or slow swings would be taken for trends (K. H. Hamed and A. R. Rao, "A modified
 * Mann-Kendall trend test for autocorrelated data", Journal of Hydrology 204, 1998).
 *
 * @param score S in standard deviations, corrected for continuity; positive if it rises
 * @param deviation the standard deviation of S
 */
record MannKendall(double score, double deviation) {
  private static final double SIGNIFICANT = 1.96;

  /**
   * Tests a series.
   *
   * @param values the series, in order of time; at least three
   * @param rest the same without its trend
   */
  static MannKendall of(double[] values, double[] rest) {
    int n = values.length;
    long s = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        s += Double.compare(values[j], values[i]);
      }
    }
    double variance = (pairs(n) - ties(values)) / 18 * inflation(ranks(rest));
    if (variance <= 0) {
      return new MannKendall(0, 0); // All are equal.
    }
    double deviation = Math.sqrt(variance);
    return new MannKendall((s - Long.signum(s)) / deviation, deviation);
  }

  /** How probable a smaller score is without a trend. */
  double confidence() {
    // M. Zelen and N. C. Severo in Abramowitz and Stegun, 26.2.17; wrong by 7.5e-8 at most.
    double x = Math.abs(score);
    double t = 1 / (1 + 0.2316419 * x);
    double sum =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    double tail = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) * sum;
    return score >= 0 ? 1 - tail : tail;
  }

  private static double pairs(double n) {
    return n * (n - 1) * (2 * n + 5);
  }

  private static double ties(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double ties = 0;
    int from = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[from]) {
        ties += pairs(i - from);
        from = i;
      }
    }
    return ties;
  }

  private static double[] ranks(double[] values) {
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      for (double other : values) {
        ranks[i] += other < values[i] ? 1 : other == values[i] ? 0.5 : 0;
      }
      ranks[i] -= values.length / 2.0; // So that their mean is 0.
    }
    return ranks;
  }

  private static double inflation(double[] ranks) {
    int n = ranks.length;
    double square = product(ranks, 0);
    double sum = 0;
    for (int lag = 1; lag < n && square > 0; lag++) {
      double correlation = product(ranks, lag) / square;
      if (Math.abs(correlation) > SIGNIFICANT / Math.sqrt(n)) {
        sum += (double) (n - lag) * (n - lag - 1) * (n - lag - 2) * correlation;
      }
    }
    return Math.max(1, 1 + 2 * sum / ((double) n * (n - 1) * (n - 2)));
  }

  private static double product(double[] ranks, int lag) {
    double sum = 0;
    for (int i = lag; i < ranks.length; i++) {
      sum += ranks[i] * ranks[i - lag];
    }
    return sum;
  }
}
