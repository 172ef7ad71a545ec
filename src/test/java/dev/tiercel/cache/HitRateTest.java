package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cache keeps what a bare Caffeine of the same size would keep. */
class HitRateTest {
  private static final int KEYS = 50_000;
  private static final int READS = 600_000;
  private static final int ENTRIES = 2_000;
  private static final double HALF_A_POINT = 0.005;
  private static final int LEAST_RUNS = 6;
  private static final int MOST_RUNS = 30;
  private static final long SEED = 20_261_125;

  private enum Trace {
    /** Some keys are read far more often than others. */
    ZIPF {
      @Override
      int[] keys(SplittableRandom random) {
        double[] sums = new double[KEYS];
        double sum = 0;
        for (int i = 0; i < KEYS; i++) {
          sum += 1 / Math.pow(i + 1, 0.9);
          sums[i] = sum;
        }
        int[] keys = new int[READS];
        for (int i = 0; i < READS; i++) {
          int at = Arrays.binarySearch(sums, random.nextDouble() * sum);
          keys[i] = at < 0 ? Math.min(KEYS - 1, -at - 1) : at;
        }
        return keys;
      }
    },

    /** A loop that does not fit and scans of what is read once, among keys that are read often. */
    LOOP_AND_SCAN {
      @Override
      int[] keys(SplittableRandom random) {
        int[] keys = ZIPF.keys(random);
        int scanned = KEYS;
        for (int i = 0; i < READS; i++) {
          boolean scanning = i % 20_000 < 4_000;
          if (scanning || i % 2 == 0) {
            keys[i] = scanning ? scanned++ : KEYS + READS + i % (3 * ENTRIES);
          }
        }
        return keys;
      }
    };

    abstract int[] keys(SplittableRandom random);
  }

  /** Caffeine draws lots, and its own rates are a point apart now and then: the means count. */
  @ParameterizedTest
  @EnumSource
  void hitsAsOftenAsCaffeineOfTheSameSize(Trace trace) {
    int[] keys = trace.keys(new SplittableRandom(SEED));
    double bare = 0;
    double own = 0;
    for (int runs = 1; runs <= MOST_RUNS; runs++) {
      bare += (ofCaffeine(keys) - bare) / runs;
      own += (ofTiercel(keys) - own) / runs;
      if (runs >= LEAST_RUNS && Math.abs(bare - own) < HALF_A_POINT) {
        break;
      }
    }
    assertTrue(bare > 0.1 && bare < 0.95, "the trace tells nothing: " + bare);
    assertEquals(bare, own, HALF_A_POINT, trace + " with seed " + SEED);
  }

  private static double ofCaffeine(int[] keys) {
    Cache<String, Integer> cache =
        Caffeine.newBuilder().maximumSize(ENTRIES).executor(Runnable::run).build();
    int[] loads = {0};
    for (int key : keys) {
      var unused = cache.get("k" + key, same -> loads[0]++);
    }
    return 1 - (double) loads[0] / keys.length;
  }

  private static double ofTiercel(int[] keys) {
    try (TieredCache cache =
        TieredCache.builder().entries(ENTRIES).executor(Runnable::run).onlyWriter().build()) {
      TypedCache<Integer> values = cache.typed(Integer.class);
      int[] loads = {0};
      for (int key : keys) {
        var unused = values.get("k" + key, Tag.of("all"), () -> loads[0]++);
      }
      assertEquals(loads[0], cache.stats().loads());
      return cache.stats().hitRate();
    }
  }
}
