package dev.tiercel.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Ends snapshots that outlive their limit, also when their reader stands still: as long as a
 * snapshot is open, the write-ahead log cannot be emptied. Its thread starts with the first limit.
 */
final class SnapshotLimits implements AutoCloseable {
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
    session.limit(limit);
    try (limit) {
      return session.<T>snapshot(
          inside -> {
            limit.start(timer);
            return work.apply(inside);
          });
    } catch (SQLException e) {
      if (limit.isReached()) {
        throw limit.outlived(e);
      }
      throw e;
    } finally {
      session.limit(null);
    }
  }

  /** Takes no more; the limits that are set still end their snapshots. */
  @Override
  public void close() {
    timer.shutdown();
  }
}
