package dev.tiercel.cache;

/**
 * The chance of one thread: seeded, and quick enough to be thrown at every step (xorshift64*).
 *
 * @see <a href="https://doi.org/10.1145/2845077">Vigna, An experimental exploration of Marsaglia's
 *     xorshift generators</a>
 */
public final class Dice {
  private long state;

  Dice(long seed) {
    state = seed * 0x9E3779B97F4A7C15L | 1;
    for (int i = 0; i < 8; i++) {
      next(); // Neighbouring seeds begin alike.
    }
  }

  private int next() {
    state ^= state >>> 12;
    state ^= state << 25;
    state ^= state >>> 27;
    return (int) ((state * 0x2545F4914F6CDD1DL) >>> 32);
  }

  /** A number from 0 to below a bound. */
  public int below(int bound) {
    return (int) (((next() & 0xFFFF_FFFFL) * bound) >>> 32);
  }

  public boolean oneIn(int n) {
    return below(n) == 0;
  }

  /**
   * Stands between two steps of a thread, and mostly lets it go on: now and then it holds the
   * thread up for a moment, and seldom it gives its processor away. So the narrow windows of a
   * wrong order are met in thousands of reads and not in thousands of millions.
   */
  public void stumble() {
    int thrown = below(2048);
    if (thrown >= 48) {
      return;
    }
    if (thrown < 8) {
      giveWay();
    } else {
      for (int i = below(64); i > 0; i--) {
        Thread.onSpinWait();
      }
    }
  }

  /** Stands for the longest step of a write, its commit: readers come by meanwhile. */
  public void linger() {
    if (oneIn(4)) {
      giveWay();
    }
    stumble();
  }

  /** Lets another thread have the processor. Nothing is waited for that could not come without. */
  @SuppressWarnings("ThreadPriorityCheck")
  static void giveWay() {
    Thread.yield();
  }
}
