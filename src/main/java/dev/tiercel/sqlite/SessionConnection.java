package dev.tiercel.sqlite;

import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.sqlite.jdbc4.JDBC4Connection;

/** A physical connection that carries its {@link Session} through the pool. */
final class SessionConnection extends JDBC4Connection {
  private final Session session = new Session(this);
  private volatile boolean abandoned;

  SessionConnection(String file, Properties properties) throws SQLException {
    super("jdbc:sqlite:" + file, file, properties);
  }

  Session session() {
    return session;
  }

  /**
   * Always false: transactions are begun and ended by our own statements. Told "true", the driver
   * would run a BEGIN of its own after every statement, to find out.
   */
  @Override
  public boolean getAutoCommit() {
    return false;
  }

  /**
   * The pool gives up a connection that is in use when it is closed. Closing it here would pull it
   * from under the thread that uses it, so that thread does it when it is done.
   */
  @Override
  public void abort(Executor executor) {
    abandoned = true;
  }

  boolean isAbandoned() {
    return abandoned;
  }

  /** A file handle does not go stale; the pool need not ask the database. */
  @Override
  public boolean isValid(int timeout) throws SQLException {
    return !isClosed();
  }

  /** The driver would set the busy timeout, and so remove the writer's busy handler. */
  @Override
  public void setNetworkTimeout(Executor executor, int milliseconds) {}

  @Override
  public int getNetworkTimeout() {
    return 0;
  }
}
