package dev.tiercel.cache;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts times by their size, without a lock: sixteen classes for each power of two, so a time is
 * known to a sixteenth of itself. Thread-safe.
 */
final class LoadHistogram {
  private static final int SPLIT_BITS = 4;
  private static final int SPLIT = 1 << SPLIT_BITS;

  /* Shorter ones are one class; longer than 2^41 ns, half an hour, too. */
  private static final int LEAST_BITS = 8;
  private static final int MOST_BITS = 41;
  static final int CLASSES = (MOST_BITS - LEAST_BITS) * SPLIT + 1;

  private final AtomicLongArray counts = new AtomicLongArray(CLASSES);

  void add(long nanos) {
    counts.incrementAndGet(classOf(nanos));
  }

  LoadTimes snapshot() {
    long[] now = new long[CLASSES];
    for (int i = 0; i < CLASSES; i++) {
      now[i] = counts.get(i);
    }
    return new LoadTimes(now);
  }

  static int classOf(long nanos) {
    if (nanos < 1L << LEAST_BITS) {
      return 0;
    }
    int exponent = 63 - Long.numberOfLeadingZeros(nanos);
    if (exponent >= MOST_BITS) {
      return CLASSES - 1;
    }
    int part = (int) (nanos >>> (exponent - SPLIT_BITS)) & (SPLIT - 1);
    return (exponent - LEAST_BITS) * SPLIT + part + 1;
  }

  /** The longest time of a class, in nanoseconds. */
  static long longest(int which) {
    if (which == 0) {
      return 1L << LEAST_BITS;
    }
    int exponent = LEAST_BITS + (which - 1) / SPLIT;
    long part = (which - 1L) % SPLIT + SPLIT + 1;
    return part << (exponent - SPLIT_BITS);
  }
}
