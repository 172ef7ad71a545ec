package dev.tiercel.tier;

/**
 * Tells the readers of a {@link SqliteTier} whether the snapshot that they have is the newest, and
 * whether they may keep one from read to read. To take one costs two system calls for its lock,
 * which is more than the read itself. Nobody else writes to the file, so that the count of commits
 * here says all. Thread-safe.
 */
final class SqliteSnapshots {
  private volatile long commits; // Written under the lock of the tier, as the next.
  private volatile boolean kept = true;

  /** How many commits there were; to be read before a snapshot is taken. */
  long commits() {
    return commits;
  }

  /** Whether one may be kept; to be read before the commits. */
  boolean areKept() {
    return kept;
  }

  /** Something that may fail. */
  interface Work<E extends Exception> {
    void run() throws E;
  }

  /**
   * Commits. Meanwhile no older snapshot is kept, so that nobody who has seen the commit reads what
   * was there before it.
   */
  <E extends Exception> void commit(Work<E> work) throws E {
    unkept(
        () -> {
          try {
            work.run();
          } finally {
            long before = commits;
            commits = before + 1; // Also if it failed: it may have happened.
          }
        });
  }

  /** Does something while readers that begin keep none. */
  <E extends Exception> void unkept(Work<E> work) throws E {
    kept = false;
    try {
      work.run();
    } finally {
      kept = true;
    }
  }
}
