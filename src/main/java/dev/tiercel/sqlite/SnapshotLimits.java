package dev.tiercel.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends snapshots that outlive their limit, also when their reader stands still: as long as a
 * snapshot is open, the write-ahead log cannot be emptied. Its thread starts with the first limit.
 */
final class SnapshotLimits implements AutoCloseable {
  /** Longer limits are none; a timer could not hold them. */
  private static final Duration FOR_EVER = Duration.ofDays(3_650);

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1,
          work -> {
            Thread made = new Thread(work, "tiercel-snapshot-limit");
            made.setDaemon(true);
            return made;
          });

  SnapshotLimits() {
    timer.setRemoveOnCancelPolicy(true);
  }

  <T extends @Nullable Object> T run(Session session, Duration atMost, SqlFunction<T> work)
      throws SQLException {
    SnapshotLimit limit = new SnapshotLimit(session.connection(), atMost);
    Future<?> end = start(limit, atMost);
    session.limit(limit);
    try {
      return session.snapshot(work);
    } catch (SQLException e) {
      if (limit.isReached()) {
        throw limit.outlived(e);
      }
      throw e;
    } finally {
      session.limit(null);
      end.cancel(false);
      limit.lift();
    }
  }

  private Future<?> start(SnapshotLimit limit, Duration atMost) {
    return atMost.compareTo(FOR_EVER) < 0
        ? timer.schedule(limit::reach, atMost.toNanos(), TimeUnit.NANOSECONDS)
        : new FutureTask<>(limit::reach, null);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
