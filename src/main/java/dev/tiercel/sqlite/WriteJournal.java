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
 * nothing is not reported. They begin during {@link #opened} at the earliest, and end before {@link
 * #closed}.
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
   * Called once, at the end of opening, when reads and writes work already. If it throws, the open
   * fails with that and everything is closed; neither {@link #closing} nor {@link #closed} follows.
   *
   * @param database the database that is being opened; may be kept until {@link #closed}
   */
  default void opened(SqliteDatabase database) {}

  /**
   * Called once, when the database is about to be closed. Reads and writes still work, and those
   * under way may end later. What this throws is logged.
   */
  default void closing() {}

  /** Called once, when every connection is closed. What this throws is logged. */
  default void closed() {}

  /**
   * Called inside the transaction, when all pieces of the group have run. If it throws, the whole
   * group is rolled back and told so, and {@link #rolledBack} follows.
   *
   * @param connection the writer's connection; may be written to, must not be committed or closed.
   *     Statements on it may be kept for as long as the same object comes again
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
