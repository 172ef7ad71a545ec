package dev.tiercel.memory;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * Whether what is left after collections grows, and the figures behind that. Immutable.
 *
 * @param kind what it comes to
 * @param samples how many collections of the long-lived objects it is drawn from
 * @param over the time from the first of them to the last
 * @param bytesPerSecond how fast the live set grows, or shrinks if negative: the median over all
 *     pairs of samples; 0 as long as there are too few
 * @param leastBytesPerSecond the lower end of the 95 % confidence interval of that
 * @param confidence how sure it is that there is a trend upwards, from 0 to 1; 0.5 says nothing.
 *     {@link Kind#GROWING} needs more than 0.99996
 * @param liveBytes the newest live set, in bytes; 0 as long as there is none
 */
public record LeakVerdict(
    Kind kind,
    int samples,
    Duration over,
    double bytesPerSecond,
    double leastBytesPerSecond,
    double confidence,
    long liveBytes) {

  /** What a series of live sets comes to. */
  public enum Kind {
    /** There were too few collections of the long-lived objects to say anything. */
    NOT_ENOUGH_SAMPLES,

    /** No growth that is worth its name, or none that cannot be chance. */
    STEADY,

    /**
     * It grew, and now grows less: a cache that fills, or a start. If growth goes on, later samples
     * will say so.
     */
    LEVELLING_OFF,

    /**
     * It is higher than it was, without having grown evenly: a step, a load that comes and goes, or
     * a leak that began not long ago.
     */
    UNEVEN,

    /** It grows evenly over all that was seen, by more than chance explains: a leak. */
    GROWING
  }

  /** Checks that nothing is null. */
  public LeakVerdict {
    Objects.requireNonNull(kind, "kind must not be null");
    Objects.requireNonNull(over, "over must not be null");
  }

  static LeakVerdict notEnough(int samples, Duration over, long liveBytes) {
    return new LeakVerdict(Kind.NOT_ENOUGH_SAMPLES, samples, over, 0, 0, 0.5, liveBytes);
  }

  /**
   * Whether this is a leak as far as can be told.
   *
   * @return whether the kind is {@link Kind#GROWING}
   */
  public boolean isLeak() {
    return kind == Kind.GROWING;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %,.0f B/s (at least %,.0f), %.3f %% sure, %,d B live, %d samples over %s",
        kind,
        bytesPerSecond,
        leastBytesPerSecond,
        confidence * 100,
        liveBytes,
        samples,
        over);
  }
}
