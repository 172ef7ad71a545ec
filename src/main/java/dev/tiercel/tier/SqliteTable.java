package dev.tiercel.tier;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The tables of a {@link SqliteTier}, and by what its database is known. */
final class SqliteTable {
  /* "tcch", as application_id. */
  private static final int MARK = 0x74636368;
  private static final int VERSION = 1;
  private static final int INCREMENTAL = 2;

  /*
   * The row is found by the hash of its key, so there is no second tree to look into. The value comes
   * last: what is before it is read without its overflow pages. Only what expires is in the index.
   */
  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE entry(hash INTEGER PRIMARY KEY, ord INTEGER NOT NULL, expires INTEGER NOT"
              + " NULL, born INTEGER NOT NULL, checksum INTEGER NOT NULL, key BLOB NOT NULL, bytes"
              + " BLOB NOT NULL)",
          "CREATE INDEX entry_expires ON entry(expires) WHERE expires < 9223372036854775807",
          "CREATE TABLE tier(entries INTEGER NOT NULL, born INTEGER NOT NULL)");

  private SqliteTable() {}

  /**
   * Makes the tables in an empty database, or makes sure that it is one of these.
   *
   * @throws SQLException also if it is not, as if it were damaged
   */
  static void prepare(Connection connection) throws SQLException {
    if (number(connection, "PRAGMA page_count") == 0) {
      create(connection);
    }
    if (number(connection, "PRAGMA application_id") != MARK
        || number(connection, "PRAGMA user_version") != VERSION
        || number(connection, "PRAGMA auto_vacuum") != INCREMENTAL
        || number(connection, "PRAGMA page_size") != SqliteRoom.PAGE_BYTES
        || !schema(connection).equals(SCHEMA)
        || number(connection, "SELECT count(*) FROM tier") != 1) {
      throw SqliteFault.damage("it does not hold the tables of this tier");
    }
    try (Statement statement = connection.createStatement();
        ResultSet mode = statement.executeQuery("PRAGMA journal_mode=WAL")) {
      if (!mode.next() || !"wal".equals(mode.getString(1))) {
        throw new SQLException("there can be no write-ahead log; put it on a local disk");
      }
    }
  }

  private static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Before there is anything in it; later it would take a VACUUM.
      statement.execute("PRAGMA page_size=" + SqliteRoom.PAGE_BYTES);
      statement.execute("PRAGMA auto_vacuum=INCREMENTAL");
      statement.execute("BEGIN IMMEDIATE");
      for (String table : SCHEMA) {
        statement.execute(table);
      }
      statement.execute("INSERT INTO tier VALUES(0, 0)");
      statement.execute("PRAGMA application_id=" + MARK);
      statement.execute("PRAGMA user_version=" + VERSION);
      statement.execute("COMMIT");
    }
  }

  /** Whether something says that it is the database of a tier, however damaged. */
  static boolean isOurs(Connection connection) throws SQLException {
    return number(connection, "PRAGMA application_id") == MARK
        || schema(connection).stream().anyMatch(SCHEMA::contains);
  }

  /** Whether it is a database with tables, and nothing says that they are of a tier. */
  static boolean isForeign(Connection connection) throws SQLException {
    return !isOurs(connection) && !schema(connection).isEmpty();
  }

  private static List<String> schema(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT sql FROM sqlite_schema ORDER BY rowid")) {
      List<String> schema = new ArrayList<>();
      while (rows.next()) {
        schema.add(String.valueOf(rows.getString(1)));
      }
      return schema;
    }
  }

  static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
