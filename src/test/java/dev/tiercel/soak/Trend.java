package dev.tiercel.soak;

import java.util.List;

/**
 * Whether a gauge grew: the median of its last third against that of its second. The first third is
 * for caches that fill and code that is compiled; medians, because collections, checkpoints and
 * faults make peaks that mean nothing.
 *
 * @param gauge what was measured
 * @param samples how often
 * @param first the median of the first third
 * @param second that of the second
 * @param last that of the last
 * @param most the largest of all
 */
record Trend(Gauge gauge, int samples, double first, double second, double last, double most) {
  /** With fewer samples nothing is said. */
  static final int LEAST = 6;

  static Trend of(Gauge gauge, List<Double> samples) {
    if (samples.size() < LEAST) {
      throw new IllegalArgumentException(
          "%d samples of %s, at least %d are needed; let it run longer"
              .formatted(samples.size(), gauge, LEAST));
    }
    int size = samples.size();
    return new Trend(
        gauge,
        size,
        median(samples.subList(0, size / 3)),
        median(samples.subList(size / 3, size * 2 / 3)),
        median(samples.subList(size * 2 / 3, size)),
        samples.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  boolean isFlat() {
    return last <= gauge.limit(second);
  }

  @Override
  public String toString() {
    return "%-22s %4d  %12s %12s %12s %12s %12s  %s"
        .formatted(
            gauge,
            samples,
            gauge.show(first),
            gauge.show(second),
            gauge.show(last),
            gauge.show(most),
            gauge.show(gauge.limit(second)),
            isFlat() ? "flat" : "GROWS");
  }
}
