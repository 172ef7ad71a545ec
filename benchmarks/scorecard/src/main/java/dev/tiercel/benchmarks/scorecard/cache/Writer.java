package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.benchmarks.scorecard.Rates.Step;
import dev.tiercel.benchmarks.scorecard.Side;

/** Writes to a side what is drawn; used by one thread at a time. */
final class Writer implements Step {
  private final Side side;
  private final Writes writes;
  private Write next;

  Writer(Side side, Writes writes) {
    this.side = side;
    this.writes = writes;
  }

  /** What could not be written is tried again, since later writes build on it. */
  @Override
  public void run(int n) {
    if (next == null) {
      next = writes.next();
    }
    next.to(side);
    next = null;
  }
}
