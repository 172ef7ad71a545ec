package dev.tiercel.benchmarks.scorecard;

import java.util.Arrays;
import java.util.List;

/** How long reads take, one after the other on one thread. */
final class Latency {
  private static final long WARM_UP = 2_000_000_000L;
  private static final long MEASURED = 3_000_000_000L;
  private static final int PAGES = 100;

  private Latency() {}

  /** The mean in milliseconds over whole passes, so that every read counts as often as another. */
  static double mean(Side side, List<Mix.Read> reads) {
    warmUp(side, reads);
    long start = System.nanoTime();
    long passes = 0;
    do {
      for (Mix.Read read : reads) {
        read.on(side);
      }
      passes++;
    } while (System.nanoTime() - start < MEASURED);
    return (System.nanoTime() - start) / 1e6 / passes / reads.size();
  }

  /** The 95th percentile in milliseconds, over at least {@value #PAGES} requests. */
  static double percentile95(Side side, List<Mix.Read> requests) {
    warmUp(side, requests);
    long[] times = new long[1 << 20];
    int count = 0;
    long start = System.nanoTime();
    while (count < PAGES || (System.nanoTime() - start < MEASURED && count < times.length)) {
      long before = System.nanoTime();
      requests.get(count % requests.size()).on(side);
      times[count++] = System.nanoTime() - before;
    }
    Arrays.sort(times, 0, count);
    return times[(int) Math.ceil(0.95 * count) - 1] / 1e6;
  }

  private static void warmUp(Side side, List<Mix.Read> reads) {
    long start = System.nanoTime();
    for (int i = 0; System.nanoTime() - start < WARM_UP; i++) {
      reads.get(i % reads.size()).on(side);
    }
  }
}
