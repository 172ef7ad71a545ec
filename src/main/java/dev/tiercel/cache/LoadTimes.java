package dev.tiercel.cache;

import java.time.Duration;
import java.util.Optional;

/**
 * How long loads took, as counts of times of about the same length: a percentile is exact to a
 * sixteenth of itself, and never too short. Immutable.
 */
public final class LoadTimes {
  private final long[] counts;

  LoadTimes(long[] counts) {
    this.counts = counts;
  }

  /**
   * How many loads there were.
   *
   * @return the count
   */
  public long count() {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  /**
   * The loads that are in this snapshot and not in an earlier one.
   *
   * @param earlier an earlier snapshot of the same watch
   * @return those that ended between the two
   */
  public LoadTimes since(LoadTimes earlier) {
    long[] between = new long[counts.length];
    for (int i = 0; i < between.length; i++) {
      between[i] = Math.max(0, counts[i] - earlier.counts[i]);
    }
    return new LoadTimes(between);
  }

  /**
   * The time within which a share of the loads ended.
   *
   * @param share from 0 to 1: 0.5 for the median, 0.99 for the 99th percentile, 1 for the longest
   * @return the time, or empty if there was no load
   * @throws IllegalArgumentException if the share is out of that range
   */
  public Optional<Duration> percentile(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be from 0 to 1, but is " + share);
    }
    long all = count();
    long wanted = Math.max(1, (long) Math.ceil(share * all));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return Optional.of(Duration.ofNanos(LoadHistogram.longest(i)));
      }
    }
    return Optional.empty();
  }
}
