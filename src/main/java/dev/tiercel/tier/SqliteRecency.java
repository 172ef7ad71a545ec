package dev.tiercel.tier;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Remembers which records of a {@link SqliteTier} were read, a bit for each, without a write to the
 * file. Two records may share a bit; then one stays longer than it should. Thread-safe.
 */
final class SqliteRecency {
  private static final long BYTES_PER_BIT = 256;
  private static final int FEWEST_WORDS = 64;
  private static final int MOST_WORDS = 1 << 16;

  private final AtomicLongArray words;
  private final int mask;

  SqliteRecency(long maxBytes) {
    long wanted = maxBytes / BYTES_PER_BIT / Long.SIZE;
    int size = Integer.highestOneBit((int) Math.max(FEWEST_WORDS, Math.min(wanted, MOST_WORDS)));
    words = new AtomicLongArray(size);
    mask = size - 1;
  }

  void wasRead(long hash) {
    int word = word(hash);
    long bit = 1L << hash;
    if ((words.getPlain(word) & bit) == 0) {
      words.accumulateAndGet(word, bit, (old, more) -> old | more);
    }
  }

  /** Whether it was read since this was asked last. */
  boolean takeRead(long hash) {
    int word = word(hash);
    long bit = 1L << hash;
    return (words.get(word) & bit) != 0
        && (words.getAndAccumulate(word, bit, (old, less) -> old & ~less) & bit) != 0;
  }

  /* The bits above those that choose the bit in its word. */
  private int word(long hash) {
    return (int) (hash >>> 6) & mask;
  }
}
