package dev.tiercel.benchmarks.scorecard.web;

import java.util.Arrays;

/** Every time that was measured, none rounded. */
final class Times {
  private static final int FIRST = 1 << 12;

  private long[] nanos = new long[FIRST];
  private int count;

  void add(long time) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = time;
  }

  int count() {
    return count;
  }

  /** The mean in ms; 0 if there is none. */
  double mean() {
    return count == 0 ? 0 : Arrays.stream(nanos, 0, count).sum() / 1e6 / count;
  }

  /** The time in ms that 99 of 100 do not exceed; 0 if there is none. */
  double percentile99() {
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(0.99 * count) - 1] / 1e6;
  }
}
