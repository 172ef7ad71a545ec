package dev.tiercel.tier;

/**
 * Tells the readers of a {@link SqliteTier} whether the snapshot that they have is the newest, and
 * whether they may keep one from read to read. To take one costs two system calls for its lock,
 * which is more than the read itself. Only the owner of the file writes to it, so that the count in
 * here says all. Thread-safe.
 */
final class SqliteSnapshots {
  private volatile long age; // Odd: none may be kept. Written under the lock of the tier.

  /** A number that is another one after each commit; to be read before a snapshot is taken. */
  long age() {
    return age;
  }

  /** Whether a snapshot may be kept that is of an age. */
  static boolean isKept(long age) {
    return (age & 1) == 0;
  }

  /** Something that may fail. */
  interface Work<E extends Exception> {
    void run() throws E;
  }

  /**
   * Commits, or does what no snapshot may stand in the way of. Meanwhile none is kept by those that
   * begin to read, so that nobody who has seen a commit reads what was there before it; afterwards
   * older ones are given up, also if it failed, since it may have happened.
   */
  <E extends Exception> void renewed(Work<E> work) throws E {
    long before = age;
    age = before + 1;
    try {
      work.run();
    } finally {
      age = before + 2;
    }
  }
}
