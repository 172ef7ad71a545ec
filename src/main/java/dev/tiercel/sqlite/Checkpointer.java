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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the write-ahead log into the database beside the writers, so that no commit has to. Sleeps
 * while nothing is written.
 */
final class Checkpointer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Checkpointer.class);
  private static final long DELAY_MILLIS = 100;
  /* How long writers may be held up to empty a log that grew too long. */
  private static final int RESET_TIMEOUT_MILLIS = 200;

  private final Connection connection; // Guarded by: this
  private final long walBytes;
  private final long pageBytes;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "tiercel-checkpoint");
            made.setDaemon(true);
            return made;
          });

  /** Takes a connection of its own; whoever opened it closes it. */
  Checkpointer(Connection connection, long walBytes) throws SQLException {
    this.connection = connection;
    this.walBytes = walBytes;
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=" + RESET_TIMEOUT_MILLIS);
      try (ResultSet row = statement.executeQuery("PRAGMA page_size")) {
        pageBytes = row.next() ? row.getLong(1) : 4096;
      }
    }
  }

  /** Says that the log has grown. */
  @SuppressWarnings("FutureReturnValueIgnored") // A pass reports its failures itself.
  void written() {
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      try {
        thread.schedule(this::pass, DELAY_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        // Closing: the last checkpoint is taken there.
      }
    }
  }

  private void pass() {
    scheduled.set(false);
    try {
      Progress progress = checkpoint("PASSIVE");
      // Emptying lets no writer in while it waits for readers, so it is tried only when none of
      // them
      // needs the log any more.
      if (progress.pages() * pageBytes > walBytes && progress.copied() == progress.pages()) {
        checkpoint("TRUNCATE");
      }
    } catch (Throwable e) {
      log.warn("A checkpoint failed; the next commit tries again", e);
    }
  }

  /** How many pages the log holds, and how many of them the database has. */
  private record Progress(long pages, long copied) {}

  private synchronized Progress checkpoint(String mode) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      return row.next() ? new Progress(row.getLong(2), row.getLong(3)) : new Progress(0, 0);
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
      if (!SqliteException.isBusy(e)) {
        throw e;
      }
      // Another process writes: it, or whoever opens the file next, takes the checkpoint.
    }
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
          log.warn("The checkpoint thread is still busy");
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
