package dev.tiercel.sqlite;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.BusyHandler;

/** Opens physical connections to one database file, each set up for its role. */
final class SessionSource implements DataSource {
  enum Role {
    READER,
    WRITER,
    MAINTENANCE
  }

  private final SqliteOptions options;
  private final Role role;
  private volatile int loginTimeout;

  SessionSource(SqliteOptions options, Role role) {
    this.options = options;
    this.role = role;
  }

  @Override
  public SessionConnection getConnection() throws SQLException {
    Properties properties = new Properties();
    // Otherwise the driver asks for last_insert_rowid() after every insert.
    properties.setProperty("jdbc.get_generated_keys", "false");
    properties.setProperty("busy_timeout", Long.toString(options.busyTimeout().toMillis()));
    SessionConnection connection =
        new SessionConnection(options.file().toAbsolutePath().toString(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA foreign_keys=ON");
      statement.execute("PRAGMA temp_store=MEMORY");
      statement.execute("PRAGMA cache_size=-" + options.cacheBytes() / 1024);
      statement.execute("PRAGMA mmap_size=" + options.mmapBytes());
      statement.execute("PRAGMA synchronous=" + options.durability());
      statement.execute("PRAGMA journal_size_limit=" + options.walBytes());
      switch (role) {
        case READER -> statement.execute("PRAGMA query_only=ON");
        case WRITER -> {
          statement.execute("PRAGMA wal_autocheckpoint=0"); // The Checkpointer does it, beside us.
          BusyHandler.setHandler(connection, new PatientWriter(options.busyTimeout().toNanos()));
        }
        case MAINTENANCE -> {}
      }
    } catch (Throwable e) {
      try {
        connection.close();
      } catch (SQLException more) {
        e.addSuppressed(more);
      }
      throw e;
    }
    return connection;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {
    loginTimeout = seconds;
  }

  /** Also how long the pool waits at close for the threads that open connections. */
  @Override
  public int getLoginTimeout() {
    return loginTimeout;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("not a wrapper of " + type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
