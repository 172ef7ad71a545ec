package dev.tiercel.cache;

import dev.tiercel.sqlite.Binder;
import dev.tiercel.sqlite.Migration;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.sqlite.SqliteException;
import dev.tiercel.sqlite.SqliteException.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table of the log, on the connection of the commit under way. Its statements are kept for as
 * long as the same connection comes again. Used by one thread at a time.
 */
final class LogTable {
  static final String NAME = "tiercel_log";

  /** Where the script lies that makes the table, for people who run it themselves. */
  static final String SCRIPT = "/META-INF/tiercel/migrations/R__cache_ledger.sql";

  /** Beyond this number a row is not ours: a version has no room for it. */
  static final long MAX_SEQ = 1L << 43;

  /* So many rows go in one commit at most: more come later. */
  private static final int MAX_DELETED = 1_024;

  private static final String VERSION = "PRAGMA data_version";
  private static final String APPEND =
      "INSERT INTO tiercel_log (seq, session, tags) VALUES (?, ?, ?)";
  private static final String READ =
      "SELECT seq, session, tags FROM tiercel_log WHERE seq > ? AND seq < ? ORDER BY seq";
  private static final String TRIM =
      "DELETE FROM tiercel_log WHERE seq IN"
          + " (SELECT seq FROM tiercel_log WHERE seq <= ? ORDER BY seq LIMIT ?)";

  /** Takes the rows one by one. */
  interface Reader {
    void row(long seq, long session, byte @Nullable [] blob);
  }

  private interface Use<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  private final Map<String, PreparedStatement> kept = new HashMap<>();
  private @Nullable Connection connection;

  /**
   * Makes the table where there is none.
   *
   * @return whether there was none
   * @throws SqliteException if there is none and it may not be made
   */
  static boolean make(SqliteDatabase in) {
    long found =
        in.<Long>read(
            session ->
                session.number(
                    "SELECT count(*) FROM sqlite_schema WHERE name = 'tiercel_log'", Binder.NONE));
    if (found > 0) {
      return false;
    }
    if (!in.isAutoMigrating()) {
      throw new SqliteException(
          Kind.UNSUPPORTED,
          "%s has no table tiercel_log and autoMigrate is off; run %s, or open the repository without caches"
              .formatted(in.file(), SCRIPT.substring(1)),
          null);
    }
    String script = Migration.fromResource(LogTable.class, SCRIPT, 0).sql();
    in.write((session, changes) -> session.update(script, Binder.NONE));
    return true;
  }

  void use(Connection next) {
    if (next != connection) {
      kept.clear(); // They were closed with the connection that is gone.
      connection = next;
    }
  }

  /** A number that changes whenever another connection commits, and only then. */
  long dataVersion() throws SQLException {
    return with(
        VERSION,
        statement -> {
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  /** Reads the rows behind one, in order. */
  void read(long after, Reader reader) throws SQLException {
    with(
        READ,
        statement -> {
          statement.setLong(1, after);
          statement.setLong(2, MAX_SEQ);
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              reader.row(rows.getLong(1), rows.getLong(2), rows.getBytes(3));
            }
          }
          return true;
        });
  }

  void append(long seq, long session, byte[] blob) throws SQLException {
    with(
        APPEND,
        statement -> {
          statement.setLong(1, seq);
          statement.setLong(2, session);
          statement.setBytes(3, blob);
          return statement.executeUpdate();
        });
  }

  /** Deletes the oldest rows up to one, as far as one commit may. */
  void trim(long upTo) throws SQLException {
    with(
        TRIM,
        statement -> {
          statement.setLong(1, upTo);
          statement.setInt(2, MAX_DELETED);
          return statement.executeUpdate();
        });
  }

  /* The driver finalizes a statement that fails; kept any longer, it would fail for ever. */
  private <T> T with(String sql, Use<T> use) throws SQLException {
    PreparedStatement statement = kept.get(sql);
    if (statement == null) {
      if (connection == null) {
        throw new IllegalStateException("there is no commit under way");
      }
      statement = connection.prepareStatement(sql);
      kept.put(sql, statement);
    }
    boolean done = false;
    try {
      T result = use.of(statement);
      done = true;
      return result;
    } finally {
      if (!done) {
        kept.remove(sql);
        closeQuietly(statement);
      }
    }
  }

  private static void closeQuietly(PreparedStatement statement) {
    try {
      statement.close();
    } catch (SQLException e) {
      // It has failed already, and that is what the caller hears.
    }
  }
}
