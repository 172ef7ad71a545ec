package dev.tiercel.sqlite;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A data operation. It may run on any thread, together with other operations, and more than once:
 * what it did before is rolled back by then, so it must hold no state of its own.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface WriteWork<T extends @Nullable Object> {
  /**
   * Does the work inside a transaction that is not committed yet. What it throws undoes this work
   * alone and reaches the caller after the others' commit.
   *
   * @param session the writer's session; not to be kept
   * @param changes takes what the work changes
   * @return the result, handed to the caller after the commit
   * @throws SQLException if the driver fails
   */
  T run(Session session, Changes changes) throws SQLException;
}
