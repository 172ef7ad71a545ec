package dev.tiercel.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Tells whether a database was written while no ledger was open on it, by what its files look like.
 * Whoever writes appends to the write-ahead log; whoever closes last copies that log into the
 * database, which gets a new time, and deletes it.
 *
 * <p>Says "untouched" only if it is sure, but for these cases: the owner died, and a writer came
 * that has not closed the file yet, or died too; a writer that commits in the moment between the
 * ledger's last look and the closing of the file, or between this question and the ledger's first
 * commit; and a power loss that takes the time of a writer's last sync and not what it wrote. (The
 * change counter of SQLite would not tell either: with a write-ahead log most commits leave it.)
 */
final class Unattended {
  /** The state while a ledger is open. Found at open, its owner has died. */
  static final String OPEN = "open";

  /** The state of a database in which something may be that is not in the log. */
  static final String UNSURE = "unsure";

  private Unattended() {}

  /** The state of a database that is closed here. */
  static String closed(Path database) throws IOException {
    long time = Files.getLastModifiedTime(database).to(TimeUnit.NANOSECONDS);
    return "closed " + time + " " + Files.size(database);
  }

  /**
   * Whether nobody wrote since a state was noted.
   *
   * @param state the state; anything that is none stands for one that is not known
   */
  static boolean isUntouched(String state, Path database) throws IOException {
    // The log of an owner that died is there until somebody closes the file.
    return hasLog(database) ? state.equals(OPEN) : state.equals(closed(database));
  }

  private static boolean hasLog(Path database) throws IOException {
    Path log = database.resolveSibling(database.getFileName() + "-wal");
    return Files.exists(log) && Files.size(log) > 0;
  }
}
