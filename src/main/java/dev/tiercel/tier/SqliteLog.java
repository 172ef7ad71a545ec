package dev.tiercel.tier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Keeps the write-ahead log of a {@link SqliteTier} below its bound: it is emptied before a
 * transaction for which it has no room. Used by the writer.
 */
final class SqliteLog {
  private final Connection connection;
  private final SqliteFile file;
  private final SqliteRoom room;
  private final SqliteReaders readers;

  SqliteLog(Connection connection, SqliteFile file, SqliteRoom room, SqliteReaders readers) {
    this.readers = readers;
    this.connection = connection;
    this.file = file;
    this.room = room;
  }

  /** Makes room for a transaction of so many pages. */
  void require(long frames) throws SQLException {
    if (!room.hasLogRoom(bytes(), frames)) {
      empty();
    }
  }

  private long bytes() {
    try {
      return file.logBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Copies the log into the database and cuts it off, so that the length of the file always tells
   * how much is in it. Waits for those who read at the moment.
   */
  void empty() throws SQLException {
    readers.away(this::truncate);
  }

  private void truncate() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      if (row.next() && row.getInt(1) != 0) {
        throw SqliteFault.busy("the write-ahead log cannot be emptied beside a long read");
      }
    }
  }
}
