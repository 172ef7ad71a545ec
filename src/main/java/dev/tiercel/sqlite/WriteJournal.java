package dev.tiercel.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Joins every commit: what it writes is committed with the data or not at all. This is the seam on
 * which caches stand.
 *
 * <p>Calls come one commit at a time: {@link #beforeCommit}, then exactly one of the three
 * outcomes, on the same thread, before any caller of the group is answered. A group that changed
 * nothing is not reported.
 */
public interface WriteJournal {
  /** Joins nothing. */
  WriteJournal NONE =
      new WriteJournal() {
        @Override
        public void beforeCommit(Connection connection, List<RowChange> changes) {}

        @Override
        public void committed() {}

        @Override
        public void rolledBack() {}

        @Override
        public void unknown() {}
      };

  /**
   * Called inside the transaction, when all pieces of the group have run. If it throws, the whole
   * group is rolled back and told so, and {@link #rolledBack} follows.
   *
   * @param connection the writer's connection; may be written to, must not be committed, closed or
   *     kept
   * @param changes what the group changed, in order; immutable, not empty
   * @throws SQLException if the driver fails
   */
  void beforeCommit(Connection connection, List<RowChange> changes) throws SQLException;

  /** The commit is durable and visible. What this throws is logged. */
  void committed();

  /** Nothing of the group was written. What this throws is logged. */
  void rolledBack();

  /** The commit failed: treat it as if it had happened. What this throws is logged. */
  void unknown();
}
