package dev.tiercel.soak;

import dev.tiercel.memory.LeakDetector;
import dev.tiercel.memory.LeakVerdict;
import dev.tiercel.memory.LiveSet;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * Whether a gauge grew over the last two thirds of its samples: their slope after Theil and Sen by
 * the time that they cover, against an allowance. The first third is for caches that fill and code
 * that is compiled; a median of slopes, because collections, checkpoints and faults make peaks that
 * mean nothing.
 *
 * @param gauge what was measured
 * @param samples how often
 * @param first the median of the first third
 * @param last that of the last
 * @param most the largest of all
 * @param growth by how much it grew
 * @param allowed by how much it may have
 */
record Trend(
    Gauge gauge,
    int samples,
    double first,
    double last,
    double most,
    double growth,
    double allowed) {
  private static final LeakDetector DETECTOR = LeakDetector.standard().needing(12);

  /** With fewer samples nothing is said. */
  static final int LEAST = 18;

  /** Judges samples of anything, not only of bytes, by an allowance for the time they cover. */
  static Trend of(
      Gauge gauge, List<LiveSet> samples, ToDoubleBiFunction<Gauge, Duration> allowance) {
    int size = samples.size();
    if (size < LEAST) {
      throw new IllegalArgumentException(
          "%d samples of %s, at least %d are needed; let it run longer"
              .formatted(size, gauge, LEAST));
    }
    LeakVerdict verdict = DETECTOR.judge(samples.subList(size / 3, size));
    return new Trend(
        gauge,
        size,
        median(samples.subList(0, size / 3)),
        median(samples.subList(size * 2 / 3, size)),
        samples.stream().mapToDouble(LiveSet::bytes).max().orElseThrow(),
        verdict.bytesPerSecond() * verdict.over().toMillis() / 1_000,
        allowance.applyAsDouble(gauge, verdict.over()));
  }

  private static double median(List<LiveSet> samples) {
    double[] sorted = samples.stream().mapToDouble(LiveSet::bytes).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  boolean isFlat() {
    return growth <= allowed;
  }

  @Override
  public String toString() {
    return "%-26s %4d  %12s %12s %12s %12s %12s  %s"
        .formatted(
            gauge,
            samples,
            gauge.show(first),
            gauge.show(last),
            gauge.show(most),
            gauge.show(growth),
            gauge.show(allowed),
            isFlat() ? "flat" : "GROWS");
  }
}
