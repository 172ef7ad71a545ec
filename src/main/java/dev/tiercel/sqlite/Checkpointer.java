package dev.tiercel.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.BusyHandler;

/**
 * Copies the write-ahead log into the database beside the writers, so that no commit has to. Sleeps
 * while nothing is committed; where a ledger looks out for other processes, that is a second at
 * most, and a pass that finds nothing to copy.
 */
final class Checkpointer implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Checkpointer.class);
  /* A pass costs two fsyncs, for which commits of that time wait. Later is cheaper: a page that
   * many commits changed is copied once. */
  private static final long DELAY_MILLIS = 1_000;
  private static final int MANY_WRITES = 500;
  /* From here on it is worth holding up writers for a moment, so that they start the log anew. */
  private static final long WORN_BYTES = 8L << 20;
  /* How long writers may be held up to empty a log that grew too long. */
  private static final long RESET_TIMEOUT_NANOS = 200_000_000;
  private static final long FIRST_RETRY_MILLIS = 100;
  private static final long WARN_DELAY_MILLIS = 1_000;
  private static final long LONGEST_DELAY_MILLIS = 30_000;

  private final Connection connection; // Guarded by: this
  private final long walBytes;
  private final long firstRetryMillis;
  private final long pageBytes;

  // Mutable state of the thread.
  private long delayMillis;
  private long nextHoldUp = System.nanoTime();
  private boolean retrying;
  private boolean warned;
  private @Nullable Progress seen; // What the last pass found.

  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicInteger writes = new AtomicInteger();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "tiercel-checkpoint");
            made.setDaemon(true);
            return made;
          });

  /** Takes a connection of its own; whoever opened it closes it. */
  Checkpointer(Connection connection, long walBytes) throws SQLException {
    this(connection, walBytes, FIRST_RETRY_MILLIS);
  }

  Checkpointer(Connection connection, long walBytes, long firstRetryMillis) throws SQLException {
    this.connection = connection;
    this.walBytes = walBytes;
    this.firstRetryMillis = firstRetryMillis;
    this.delayMillis = firstRetryMillis;
    // SQLite's own waiting sleeps too long to find the gap between two commits of a busy writer.
    BusyHandler.setHandler(connection, new PatientWriter(RESET_TIMEOUT_NANOS));
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA page_size")) {
      pageBytes = row.next() ? row.getLong(1) : 4096;
    }
  }

  /** Says that the log has grown by some writes. */
  void written(int more) {
    int sum = writes.addAndGet(more);
    if (sum >= MANY_WRITES && sum - more < MANY_WRITES) {
      schedule(() -> pass(false), 0);
    } else if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      schedule(() -> pass(false), DELAY_MILLIS);
    }
  }

  /** Says that a read has ended which may have kept the log from being started anew. */
  void longReadEnded() {
    schedule(
        () -> {
          if (delayMillis > firstRetryMillis) { // A try has failed; the next one may be far off.
            delayMillis = firstRetryMillis;
            nextHoldUp = System.nanoTime();
            pass(true);
          }
        },
        0);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // A pass reports its failures itself.
  private void schedule(Runnable pass, long millis) {
    try {
      thread.schedule(pass, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closing: the last checkpoint is taken there.
    }
  }

  private void pass(boolean again) {
    scheduled.set(false);
    writes.set(0);
    try {
      Progress log = checkpoint("PASSIVE");
      if (!again && log.equals(seen)) {
        return; // The writes wrote nothing.
      }
      seen = log;
      boolean anew = isWorn(log) && (log.isCopied() || System.nanoTime() - nextHoldUp >= 0);
      if (anew) {
        log = checkpoint("RESTART");
      }
      follow(log, anew);
    } catch (Throwable e) {
      logger.warn("A checkpoint failed; the next commit tries again", e);
    }
  }

  /* Beside a busy writer the log is never copied to its end, so it would grow up to its limit and be
   * cut, over and over. Writing over what was there costs less than making a file longer: its fsync
   * has no new size to keep. The commit that starts anew also cuts the file to its limit
   * (journal_size_limit); were it cut here, the writer's data_version would count that as a foreign
   * commit. */
  private boolean isWorn(Progress log) {
    return log.pages() * pageBytes > Math.min(WORN_BYTES, walBytes);
  }

  private boolean isTooLong(Progress log) {
    return log.pages() * pageBytes > walBytes;
  }

  /* Starting the log anew holds up writers while it waits for the readers of older pages, and copies the
   * rest. Short reads that overlap end in that time. A long one does not, so the next try comes later
   * and later, or when the long one says that it has ended. */
  private void follow(Progress log, boolean triedAnew) {
    if (log.pages() < 0) {
      retry(); // Another process is at it.
      return;
    }
    if (!isWorn(log) || (triedAnew && !log.busy())) {
      delayMillis = firstRetryMillis;
      nextHoldUp = System.nanoTime();
      warned = false;
      return;
    }
    if (triedAnew) {
      delayMillis = Math.min(2 * delayMillis, LONGEST_DELAY_MILLIS);
      nextHoldUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis);
    }
    if (isTooLong(log)) {
      warn(log);
      retry();
    }
  }

  private void warn(Progress log) {
    if (!warned && delayMillis >= WARN_DELAY_MILLIS) {
      warned = true;
      logger.warn(
          "The write-ahead log has {} bytes, its limit is {}: a long read, or another process,"
              + " keeps it from being emptied; that is done when it ends",
          log.pages() * pageBytes,
          walBytes);
    }
  }

  /* Beside the passes that writes ask for, which must not wait for it. */
  private void retry() {
    if (!retrying) {
      retrying = true;
      schedule(
          () -> {
            retrying = false;
            pass(true);
          },
          delayMillis);
    }
  }

  /**
   * How far a checkpoint came.
   *
   * @param busy whether a reader or writer was in its way
   * @param pages how many pages the log holds, or -1 if it could not begin
   * @param copied how many of them the database has
   */
  private record Progress(boolean busy, long pages, long copied) {
    boolean isCopied() {
      return pages == copied;
    }
  }

  private synchronized Progress checkpoint(String mode) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      return row.next()
          ? new Progress(row.getInt(1) != 0, row.getLong(2), row.getLong(3))
          : new Progress(false, 0, 0);
    }
  }

  /** Stops the thread, lets SQLite tidy its statistics, and empties the log if nobody reads it. */
  @Override
  public void close() throws SQLException {
    stop(thread);
    try {
      synchronized (this) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("PRAGMA optimize");
        }
      }
      checkpoint("TRUNCATE");
    } catch (SQLException e) {
      if (!SqliteException.isBusy(e) && SqliteException.primaryCode(e) != SqliteException.FULL) {
        throw e;
      }
      // Another process writes, or the disk is full: what is in the log is safe there, and whoever
      // opens the file next takes the checkpoint.
    }
  }

  @Override
  public String toString() {
    return "the last checkpoint of the write-ahead log";
  }

  private static void stop(ExecutorService executor) {
    executor.shutdownNow();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          if (executor.awaitTermination(1, TimeUnit.MINUTES)) {
            return;
          }
          logger.warn("The checkpoint thread is still busy");
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
