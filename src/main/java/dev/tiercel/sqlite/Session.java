package dev.tiercel.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A physical connection with its prepared statements, which are kept for as long as it lives: the
 * driver has no statement cache, and preparing costs more than a point read. Used by one thread at
 * a time.
 */
public final class Session {
  /* Filters make many texts, but a program uses few; the least recently used goes. */
  private static final int MAX_KEPT = 256;

  private final Connection connection;
  private final Map<String, PreparedStatement> kept = new LinkedHashMap<>(64, 0.75f, true);

  /* In a user's transaction: an error that ended it silently is remembered, because the statements
   * after it would each commit alone. */
  private boolean watched;
  private @Nullable SQLException endedBy;

  /* The limit of the snapshot that is open, if it has one. */
  private @Nullable SnapshotLimit limit;

  Session(Connection connection) {
    this.connection = connection;
  }

  /**
   * Reads rows.
   *
   * @param sql the query; keep the number of different texts small
   * @param binder sets the parameters
   * @param mapper makes a value of each row
   * @param <T> the type of the values
   * @return the values, in a list of the caller's own
   * @throws SQLException if the driver fails
   */
  public <T> List<T> list(String sql, Binder binder, RowMapper<T> mapper) throws SQLException {
    try (ResultSet rows = open(sql, binder)) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(mapper.map(rows));
      }
      requireOneMoment();
      return found;
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /**
   * Reads the first row.
   *
   * @param sql the query; keep the number of different texts small
   * @param binder sets the parameters
   * @param mapper makes a value of the row
   * @param <T> the type of the value
   * @return the value, or null if there is no row
   * @throws SQLException if the driver fails
   */
  public <T> @Nullable T first(String sql, Binder binder, RowMapper<T> mapper) throws SQLException {
    try (ResultSet rows = open(sql, binder)) {
      T found = rows.next() ? mapper.map(rows) : null;
      requireOneMoment();
      return found;
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /**
   * Reads a number.
   *
   * @param sql a query whose first column is the number, and which has a row
   * @param binder sets the parameters
   * @return the number
   * @throws SQLException if the driver fails
   */
  public long number(String sql, Binder binder) throws SQLException {
    try (ResultSet rows = open(sql, binder)) {
      rows.next();
      long number = rows.getLong(1);
      requireOneMoment();
      return number;
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /**
   * Changes rows.
   *
   * @param sql the statement; keep the number of different texts small
   * @param binder sets the parameters
   * @return how many rows were changed
   * @throws SQLException if the driver fails
   */
  public int update(String sql, Binder binder) throws SQLException {
    try {
      PreparedStatement statement = statement(sql);
      binder.bind(statement);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /** Runs a statement that has neither parameters nor rows. */
  void execute(String sql) throws SQLException {
    try {
      statement(sql).execute();
    } catch (SQLException e) {
      forget(sql, e);
      throw e;
    }
  }

  /**
   * Runs several reads as of one moment.
   *
   * @param work the reads
   * @param <T> the type of the result
   * @return what the work returned
   * @throws SQLException if the driver fails
   */
  public <T extends @Nullable Object> T snapshot(SqlFunction<T> work) throws SQLException {
    return bracket("BEGIN", "COMMIT", "ROLLBACK", work);
  }

  /** Sets the limit of the snapshot that follows; null lifts it. */
  void limit(@Nullable SnapshotLimit next) {
    limit = next;
  }

  private void requireOneMoment() {
    if (limit != null && limit.isReached()) {
      throw limit.outlived(null);
    }
  }

  /**
   * Runs several statements so that they are undone together if the work throws.
   *
   * @param changes takes what the work changes; what is undone is taken out again
   * @param work the statements, inside a transaction
   * @param <T> the type of the result
   * @return what the work returned
   * @throws SQLException if the driver fails
   */
  public <T extends @Nullable Object> T savepoint(Changes changes, SqlFunction<T> work)
      throws SQLException {
    int mark = changes.mark();
    try {
      return bracket("SAVEPOINT nested", "RELEASE nested", "ROLLBACK TO nested", work);
    } catch (Throwable e) {
      changes.backTo(mark);
      throw e;
    }
  }

  private <T extends @Nullable Object> T bracket(
      String begin, String end, String undo, SqlFunction<T> work) throws SQLException {
    execute(begin);
    T result;
    try {
      result = work.apply(this);
      execute(end);
    } catch (Throwable e) {
      try {
        execute(undo);
        if (undo.startsWith("ROLLBACK TO")) {
          execute(end);
        }
      } catch (SQLException more) {
        // The error itself may have ended the transaction; whoever runs it asks isInTransaction.
        e.addSuppressed(more);
      }
      throw e;
    }
    return result;
  }

  /**
   * Whether a transaction is open. An error can end one silently (a full disk, an interrupt), and
   * the driver cannot be asked: but a BEGIN inside a transaction is refused.
   */
  boolean isInTransaction() {
    try {
      execute("BEGIN");
    } catch (SQLException e) {
      return true;
    }
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      return true; // Not to be trusted: the caller's next step fails, and the connection goes.
    }
    return false;
  }

  /** From now on, an error that ends the transaction makes every later statement fail. */
  void watch() {
    watched = true;
    endedBy = null;
  }

  /** Ends what {@link #watch} began; returns the error that ended the transaction, or null. */
  @Nullable SQLException unwatch() {
    watched = false;
    return endedBy;
  }

  private SQLException failed(String sql, SQLException e) {
    forget(sql, e);
    if (limit != null && limit.isReached()) {
      throw limit.outlived(e); // Here, where it is read: it may be caught before the limit sees it.
    }
    if (watched && endedBy == null && !isInTransaction()) {
      endedBy = e;
    }
    return e;
  }

  /* The driver finalizes a statement that fails; kept any longer, it would fail for ever. */
  private void forget(String sql, SQLException e) {
    PreparedStatement statement = kept.remove(sql);
    if (statement != null) {
      try {
        statement.close();
      } catch (SQLException more) {
        e.addSuppressed(more);
      }
    }
  }

  Connection connection() {
    return connection;
  }

  private ResultSet open(String sql, Binder binder) throws SQLException {
    PreparedStatement statement = statement(sql);
    binder.bind(statement);
    return statement.executeQuery();
  }

  private PreparedStatement statement(String sql) throws SQLException {
    if (watched && endedBy != null) {
      throw new SQLException("the transaction was rolled back by an earlier error", endedBy);
    }
    PreparedStatement statement = kept.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      kept.put(sql, statement);
      if (kept.size() > MAX_KEPT) {
        var eldest = kept.entrySet().iterator().next();
        kept.remove(eldest.getKey());
        eldest.getValue().close();
      }
    }
    return statement;
  }
}
