package dev.tiercel.sqlite;

import dev.tiercel.sqlite.SqliteException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The limit of one snapshot, which a timer may reach while the snapshot's own thread reads. */
final class SnapshotLimit implements AutoCloseable {
  /* A timer cannot hold more nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(3_650);

  private final Connection connection;
  private final Duration atMost;
  private volatile boolean reached;
  private boolean lifted; // Guarded by: this
  private @Nullable Future<?> end;

  SnapshotLimit(Connection connection, Duration atMost) {
    this.connection = connection;
    this.atMost = atMost;
  }

  /** Starts to count. The snapshot is open by now: a rollback before it would end nothing. */
  void start(ScheduledExecutorService timer) {
    Duration left = atMost.compareTo(LONGEST) < 0 ? atMost : LONGEST;
    try {
      end = timer.schedule(this::reach, left.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      throw new SqliteException(Kind.CLOSED, "the database is closed; open it again", e);
    }
  }

  /**
   * Ends the snapshot under its reader. Says so first: what is read after the rollback belongs to
   * another moment, and its reader looks here after reading.
   */
  private synchronized void reach() {
    if (lifted) {
      return;
    }
    reached = true;
    try (Statement statement = connection.createStatement()) {
      statement.cancel(); // A long statement would keep the connection to itself.
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // It ends by itself: it has just been done, or stands in a row of a statement that is
      // cancelled.
    }
  }

  boolean isReached() {
    return reached;
  }

  SqliteException outlived(@Nullable SQLException e) {
    return new SqliteException(
        Kind.BUSY, "the snapshot outlived its limit of " + atMost + "; raise it, or use stream", e);
  }

  /** From here on the connection may serve others: the timer must not touch it any more. */
  @Override
  public void close() {
    if (end != null) {
      end.cancel(false);
    }
    synchronized (this) {
      lifted = true;
    }
  }
}
