package dev.tiercel.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Makes a value of a row.
 *
 * @param <T> the type of the value
 */
@FunctionalInterface
public interface RowMapper<T> {
  /**
   * Maps the row that the result set stands on.
   *
   * @param row the result set; not to be moved
   * @return the value
   * @throws SQLException if the driver fails
   */
  T map(ResultSet row) throws SQLException;
}
