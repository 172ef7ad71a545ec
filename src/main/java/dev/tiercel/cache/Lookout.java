package dev.tiercel.cache;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether another connection committed since our last commit, by the data version of our own.
 * Used by one thread at a time.
 */
final class Lookout {
  enum Finding {
    /** Nobody else committed. */
    NOTHING,
    /** There was no commit of ours before. */
    FIRST,
    /** Our connection is another one, so nobody can tell. */
    REPLACED,
    /** Somebody else committed. */
    FOREIGN;

    /** Whether commits may have happened of which nothing is known. */
    boolean isGap() {
      return this == REPLACED || this == FOREIGN;
    }
  }

  private boolean begun;
  private @Nullable Connection connection;
  private long version;

  Finding compare(Connection now, long versionNow) {
    if (!begun) {
      return Finding.FIRST;
    }
    if (now != connection) {
      return Finding.REPLACED;
    }
    return versionNow == version ? Finding.NOTHING : Finding.FOREIGN;
  }

  /** What was found has been logged; from here on it is compared with this. */
  void settle(Connection now, long versionNow) {
    begun = true;
    connection = now;
    version = versionNow;
  }

  /** Makes the next comparison find a gap. */
  void forget() {
    connection = null;
  }
}
