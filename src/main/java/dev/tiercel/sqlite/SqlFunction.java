package dev.tiercel.sqlite;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Work with a session.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface SqlFunction<T extends @Nullable Object> {
  /**
   * Does the work on the calling thread.
   *
   * @param session the session; not to be kept
   * @return the result
   * @throws SQLException if the driver fails
   */
  T apply(Session session) throws SQLException;
}
