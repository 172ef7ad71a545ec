package dev.tiercel.store;

import java.util.Random;

/**
 * When a writer is killed: so many nanoseconds after it said that it opens, or that it closes, or
 * after so many acknowledgements.
 *
 * @param phase what it does meanwhile
 * @param acknowledgements how many writes are acknowledged before, none while it opens
 * @param nanos how long after that
 */
record KillMoment(Phase phase, int acknowledgements, long nanos) {
  enum Phase {
    OPENING,
    WRITING,
    CLOSING
  }

  private static final int MOST_ACKNOWLEDGEMENTS = 1_000;

  /** Draws a moment; a new file is more often killed while it opens, because then it migrates. */
  static KillMoment draw(Random random, boolean newFile) {
    int kind = random.nextInt(10);
    if (kind < (newFile ? 6 : 1)) {
      return new KillMoment(Phase.OPENING, 0, random.nextInt(60_000_000));
    }
    int acknowledgements = 1 + random.nextInt(MOST_ACKNOWLEDGEMENTS);
    return kind < 8
        ? new KillMoment(Phase.WRITING, acknowledgements, random.nextInt(2_000_000))
        : new KillMoment(Phase.CLOSING, acknowledgements, random.nextInt(20_000_000));
  }

  /** Lets the nanoseconds pass. */
  void pass() {
    long from = System.nanoTime();
    while (System.nanoTime() - from < nanos) {
      Thread.onSpinWait();
    }
  }
}
