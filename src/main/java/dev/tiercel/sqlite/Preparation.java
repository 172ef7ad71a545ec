package dev.tiercel.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Looks at a database before anything in it is changed, and refuses or converts it. */
@FunctionalInterface
public interface Preparation {
  /** Takes every database as it is. */
  Preparation NONE = (connection, file) -> {};

  /**
   * Called at open, before journal mode and schema are touched.
   *
   * @param connection a connection of its own, in no transaction
   * @param file the database file
   * @throws SQLException if the driver fails
   * @throws SqliteException if the database is refused
   */
  void prepare(Connection connection, Path file) throws SQLException;
}
