package dev.tiercel.memory;

import dev.tiercel.memory.LeakVerdict.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Tells a leak from a steady program by what its collections left. Immutable.
 *
 * <p>It says {@link Kind#GROWING} when all of this holds:
 *
 * <ul>
 *   <li>there are enough samples, 40 unless it is set;
 *   <li>they have a trend upwards by the test of Mann and Kendall, with a variance that allows for
 *       slow swings (Hamed and Rao 1998), by more than four standard deviations: less than once in
 *       30,000 by chance;
 *   <li>by their slope after Theil and Sen they grew by 1 MiB or more, unless it is set, by 1 % of
 *       what is live, and by five times what they scatter around the line;
 *   <li>the slope of their newer half is at least 0.6 times that of the older one, and each quarter
 *       lies above the one before, by 0.4 times its share of the growth or more.
 * </ul>
 *
 * <p>The last point is what keeps a bounded cache that fills, and a step, from being called a leak:
 * such a cache comes closer to its bound by smaller and smaller steps, or stands still. One that
 * fills at an even pace cannot be told from a leak before it is full, nor can one whose filling has
 * only begun (up to about the time in which it gets two thirds full); nor can a load that swings
 * more slowly than all samples together last.
 */
public final class LeakDetector {
  private static final int FEWEST = 12;
  private static final int QUARTERS = 4;
  private static final double SCORE = 4;
  private static final double LEAST_SHARE = 0.01;
  private static final double LEAST_SCATTERS = 5;
  private static final double EVEN = 0.4;
  private static final double SLOWING = 0.6;
  private static final double REACH = 1.96;

  private final int needed;
  private final long leastBytes;

  private LeakDetector(int needed, long leastBytes) {
    this.needed = needed;
    this.leastBytes = leastBytes;
  }

  /**
   * A detector that needs 40 samples and a growth of 1 MiB.
   *
   * @return the detector
   */
  public static LeakDetector standard() {
    return new LeakDetector(40, 1 << 20);
  }

  /**
   * The same with another number of samples. Fewer are heard sooner, and more often wrong about
   * caches that fill.
   *
   * @param samples how many it needs, 12 or more
   * @return a detector
   * @throws IllegalArgumentException if that is too few
   */
  public LeakDetector needing(int samples) {
    if (samples < FEWEST) {
      throw new IllegalArgumentException(
          "a verdict needs %d samples or more, not %d; fewer cannot tell growth from chance"
              .formatted(FEWEST, samples));
    }
    return new LeakDetector(samples, leastBytes);
  }

  /**
   * The same with another growth that is not worth a word.
   *
   * @param bytes by how much the live set must grow over all samples, in bytes, 1 or more
   * @return a detector
   * @throws IllegalArgumentException if that is less than 1
   */
  public LeakDetector ignoringBelow(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "the least growth must be 1 byte or more, but is %d; 1 MiB is usual".formatted(bytes));
    }
    return new LeakDetector(needed, bytes);
  }

  int needed() {
    return needed;
  }

  /**
   * Judges a series. It takes time and room by the square of its length: 0.2 ms for 60, 35 ms for
   * 1,000.
   *
   * @param series what collections left, in order of time; where time stands still or goes back,
   *     such pairs are left out
   * @return the verdict
   */
  public LeakVerdict judge(List<LiveSet> series) {
    int n = series.size();
    if (n == 0) {
      return LeakVerdict.notEnough(0, Duration.ZERO, 0);
    }
    Instant begin = series.get(0).at();
    Duration over = Duration.between(begin, series.get(n - 1).at());
    long live = series.get(n - 1).bytes();
    double[] times = series.stream().mapToDouble(set -> seconds(begin, set.at())).toArray();
    double[] values = series.stream().mapToDouble(LiveSet::bytes).toArray();
    TheilSen line = TheilSen.of(times, values);
    if (n < needed || line.isEmpty()) {
      return LeakVerdict.notEnough(n, over, live);
    }
    double slope = line.slope();
    double[] rest = new double[n];
    Arrays.setAll(rest, i -> values[i] - slope * times[i]);
    MannKendall test = MannKendall.of(values, rest);
    double growth = slope * (times[n - 1] - times[0]);
    boolean grew = test.score() > SCORE && growth >= least(values, rest);
    Kind kind = grew ? shape(times, values) : Kind.STEADY;
    double low = line.low(REACH, test.deviation());
    return new LeakVerdict(kind, n, over, slope, low, test.confidence(), live);
  }

  /** The least growth that is worth its name. */
  private double least(double[] values, double[] rest) {
    double ofLive = LEAST_SHARE * median(values, 0, values.length);
    return Math.max((double) leastBytes, Math.max(ofLive, LEAST_SCATTERS * scatter(rest)));
  }

  /** How a series grew that did: by the slopes of its halves and the medians of its quarters. */
  private static Kind shape(double[] times, double[] values) {
    int n = values.length;
    if (slope(times, values, n / 2, n) < SLOWING * slope(times, values, 0, n / 2)) {
      return Kind.LEVELLING_OFF;
    }
    double share = EVEN * (quarter(values, QUARTERS - 1) - quarter(values, 0)) / (QUARTERS - 1);
    for (int number = QUARTERS - 1; number > 0; number--) {
      if (quarter(values, number) - quarter(values, number - 1) < share) {
        return number == QUARTERS - 1 ? Kind.LEVELLING_OFF : Kind.UNEVEN;
      }
    }
    return Kind.GROWING;
  }

  private static double slope(double[] times, double[] values, int from, int to) {
    return TheilSen.of(Arrays.copyOfRange(times, from, to), Arrays.copyOfRange(values, from, to))
        .slope();
  }

  private static double quarter(double[] values, int number) {
    return median(
        values, values.length * number / QUARTERS, values.length * (number + 1) / QUARTERS);
  }

  private static double median(double[] values, int from, int to) {
    double[] part = Arrays.copyOfRange(values, from, to);
    Arrays.sort(part);
    return TheilSen.median(part);
  }

  /** The standard deviation, from the median distance to the median: spikes do not count. */
  private static double scatter(double[] rest) {
    double middle = median(rest, 0, rest.length);
    return 1.4826
        * median(Arrays.stream(rest).map(x -> Math.abs(x - middle)).toArray(), 0, rest.length);
  }

  private static double seconds(Instant from, Instant to) {
    Duration between = Duration.between(from, to);
    return between.getSeconds() + between.getNano() / 1e9;
  }
}
