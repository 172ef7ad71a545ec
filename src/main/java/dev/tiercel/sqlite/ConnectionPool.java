package dev.tiercel.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A HikariCP pool of sessions. */
final class ConnectionPool implements AutoCloseable {
  private static final long CLOSE_POLL_NANOS = 1_000_000;

  private final HikariDataSource pool;
  private final Duration closeTimeout;
  private @Nullable PoolMeters meters; // Guarded by: this

  ConnectionPool(String name, int size, SessionSource source, Duration timeout) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(timeout.toMillis());
    config.setValidationTimeout(Math.min(timeout.toMillis(), 5_000));
    // Nothing is gained by recycling a file handle, and its statements would be lost.
    config.setMaxLifetime(0);
    config.setIdleTimeout(0);
    config.setKeepaliveTime(0);
    pool = new HikariDataSource(config);
    closeTimeout = timeout;
  }

  /** Borrows a connection; closing it gives it back. */
  Connection borrow() throws SQLException {
    return pool.getConnection();
  }

  /** Runs work with a session; afterwards no transaction of it stays open. */
  <T extends @Nullable Object> T use(SqlFunction<T> work) throws SQLException {
    Connection borrowed = borrow();
    SessionConnection physical = borrowed.unwrap(SessionConnection.class);
    boolean done = false;
    try {
      T result = work.apply(physical.session());
      done = true;
      return result;
    } finally {
      if (!done && physical.session().isInTransaction()) {
        evict(borrowed);
      }
      borrowed.close();
      if (physical.isAbandoned()) {
        physical.close(); // The pool was closed meanwhile and knows it no more.
      }
    }
  }

  /** The session of a borrowed connection, good until that is given back. */
  static Session session(Connection borrowed) throws SQLException {
    return borrowed.unwrap(SessionConnection.class).session();
  }

  /** Takes a connection whose state is not known out of the pool. */
  void evict(Connection borrowed) {
    pool.evictConnection(borrowed);
  }

  /**
   * Has HikariCP put its meters into a registry.
   *
   * @return removes them when run
   */
  Runnable meter(Object registry) {
    PoolMeters known = meters();
    Runnable end = known.add(registry);
    if (pool.isClosed()) {
      known.close(); // HikariCP may have gone before it knew of them.
    }
    return end;
  }

  private synchronized PoolMeters meters() {
    PoolMeters known = meters;
    if (known == null) {
      known = new PoolMeters();
      meters = known;
      pool.setMetricsTrackerFactory(known); // Until somebody asks, it measures nothing.
    }
    return known;
  }

  ConnectionUse connections() {
    HikariPoolMXBean now = pool.getHikariPoolMXBean();
    return new ConnectionUse(
        pool.getPoolName(),
        pool.getMaximumPoolSize(),
        now.getIdleConnections(),
        now.getActiveConnections(),
        now.getThreadsAwaitingConnection());
  }

  /** How many connections are lent out. */
  int borrowed() {
    return pool.getHikariPoolMXBean().getActiveConnections();
  }

  /** Closes the pool once its connections are back, or when its time-out is over. */
  @Override
  public void close() {
    long deadline = System.nanoTime() + closeTimeout.toNanos();
    while (borrowed() > 0
        && System.nanoTime() - deadline < 0
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(CLOSE_POLL_NANOS);
    }
    pool.close();
  }
}
