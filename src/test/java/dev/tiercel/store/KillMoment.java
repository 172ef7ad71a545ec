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
  private static final int LONGEST_OPENING_NANOS = 40_000_000;
  private static final int LONGEST_WRITE_NANOS = 2_000_000;
  private static final int LONGEST_CLOSING_NANOS = 20_000_000;

  /** Draws a moment; a new file is more often killed while it opens, because then it migrates. */
  static KillMoment draw(Random random, boolean newFile) {
    int kind = random.nextInt(10);
    if (kind < (newFile ? 6 : 1)) {
      return new KillMoment(Phase.OPENING, 0, early(random, LONGEST_OPENING_NANOS));
    }
    int acknowledgements = 1 + early(random, MOST_ACKNOWLEDGEMENTS);
    return kind < 8
        ? new KillMoment(Phase.WRITING, acknowledgements, early(random, LONGEST_WRITE_NANOS))
        : new KillMoment(Phase.CLOSING, acknowledgements, early(random, LONGEST_CLOSING_NANOS));
  }

  /** Far more often few than many: how long a phase takes is up to the machine. */
  private static int early(Random random, int most) {
    return random.nextInt(1 + random.nextInt(most));
  }

  /** Lets the nanoseconds pass. */
  void pass() {
    long from = System.nanoTime();
    while (System.nanoTime() - from < nanos) {
      Thread.onSpinWait();
    }
  }
}
