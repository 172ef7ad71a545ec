package dev.tiercel.tier;

/** Whether the files of a {@link SqliteTier} are to be trusted. Thread-safe. */
final class SqliteCondition {
  private volatile Opening now = new Opening(State.DOUBTFUL);

  /** What is to be done. */
  enum State {
    /** Nothing. */
    SOUND,
    /** Open them again, and look. */
    DOUBTFUL,
    /** Take them away, and begin with empty ones. */
    DAMAGED
  }

  /**
   * The files as somebody opened them, or found them. Each is an object of its own, so that who
   * read from files that are gone by now does not judge those that took their place.
   */
  static final class Opening {
    final State state;

    private Opening(State state) {
      this.state = state;
    }
  }

  Opening now() {
    return now;
  }

  /** Whether it was still as it was seen, and so changed. */
  synchronized boolean changes(Opening seen, State to) {
    if (now != seen) {
      return false;
    }
    now = new Opening(to);
    return true;
  }

  synchronized void becomes(State state) {
    now = new Opening(state);
  }
}
