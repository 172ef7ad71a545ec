package dev.tiercel.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Sets the parameters of a statement. */
@FunctionalInterface
public interface Binder {
  /** Sets none. */
  Binder NONE = statement -> {};

  /**
   * Sets every parameter.
   *
   * @param statement the statement
   * @throws SQLException if the driver fails
   */
  void bind(PreparedStatement statement) throws SQLException;
}
