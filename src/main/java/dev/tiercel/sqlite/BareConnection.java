package dev.tiercel.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.sqlite.BusyHandler;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Opens connections for those who keep their own statements, begin and commit by such statements,
 * and take the checkpoints themselves. Nothing is pooled, migrated or journaled.
 */
public final class BareConnection {
  /* Without SQLITE_OPEN_CREATE: a file that was deleted meanwhile must not come back empty. */
  private static final String READ_AND_WRITE = "2";

  private BareConnection() {}

  /**
   * Opens a connection.
   *
   * @param file the database, which exists, if only as an empty file
   * @param patience how long a statement waits for the lock of another connection
   * @param pragmas statements to run first
   * @return the connection; used by one thread at a time, closed by the caller
   * @throws SQLException if the driver fails
   * @throws SqliteException if no database can be at that path
   */
  public static Connection open(Path file, Duration patience, List<String> pragmas)
      throws SQLException {
    DatabaseFile.check(file);
    Properties properties = new Properties();
    properties.setProperty("jdbc.get_generated_keys", "false");
    properties.setProperty("open_mode", READ_AND_WRITE);
    SessionConnection connection =
        new SessionConnection(file.toAbsolutePath().toString(), properties);
    try (Statement statement = connection.createStatement()) {
      BusyHandler.setHandler(connection, new PatientWriter(patience.toNanos()));
      for (String pragma : pragmas) {
        statement.execute(pragma);
      }
      return connection;
    } catch (Throwable e) {
      try {
        connection.close();
      } catch (SQLException more) {
        e.addSuppressed(more);
      }
      throw e;
    }
  }

  /**
   * Whether a file has fewer bytes than it should: somebody cut it, and it is damaged.
   *
   * @param e what the driver threw
   * @return false for any other failure of input or output
   */
  public static boolean isCutShort(SQLException e) {
    return e instanceof SQLiteException sqlite
        && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ;
  }
}
