package dev.tiercel.benchmarks.scorecard.cache;

import java.util.HashSet;
import java.util.Set;

/**
 * The best that a cache can do which is never stale: it has room for everything, and forgets an
 * answer only when a write really changed it.
 */
final class Perfect {
  private final Board board;
  private final Set<Read> cached = new HashSet<>();

  Perfect(Board board) {
    this.board = board;
  }

  /** Whether it has the answer; from then on it does. */
  boolean hits(Read read) {
    return !cached.add(read);
  }

  void write(Write write) {
    cached.removeAll(board.apply(write));
  }

  Board board() {
    return board;
  }
}
