package dev.tiercel.sqlite;

import dev.tiercel.sqlite.SqliteException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The limit of one snapshot, which a timer may reach while the snapshot's own thread reads. */
final class SnapshotLimit {
  private final Connection connection;
  private final Duration atMost;
  private volatile boolean reached;
  private boolean lifted; // Guarded by: this

  SnapshotLimit(Connection connection, Duration atMost) {
    this.connection = connection;
    this.atMost = atMost;
  }

  /**
   * Ends the snapshot under its reader. Says so first: what is read after the rollback belongs to
   * another moment, and its reader looks here after reading.
   */
  synchronized void reach() {
    if (lifted) {
      return;
    }
    reached = true;
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // The snapshot has just ended by itself.
    }
  }

  boolean isReached() {
    return reached;
  }

  /** From here on the connection may serve others: the timer must not touch it any more. */
  synchronized void lift() {
    lifted = true;
  }

  SqliteException outlived(@Nullable SQLException e) {
    return new SqliteException(
        Kind.BUSY, "the snapshot outlived its limit of " + atMost + "; raise it, or use stream", e);
  }
}
