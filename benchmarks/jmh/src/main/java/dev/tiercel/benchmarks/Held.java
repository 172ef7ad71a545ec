package dev.tiercel.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A reading connection with one statement that stays prepared. Used by one thread. */
record Held(Connection connection, PreparedStatement statement) implements AutoCloseable {

  static Held on(Path file, String sql) throws SQLException {
    Connection connection = Raw.open(file);
    return new Held(connection, connection.prepareStatement(sql));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
