package dev.tiercel.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A table whose rows belong together in batches, so that half a batch, or half a row, is seen. */
final class BatchTable {
  static final Migration SCHEMA =
      new Migration(
          1,
          "CREATE TABLE parts (batch INTEGER NOT NULL, part INTEGER NOT NULL, parts INTEGER NOT"
              + " NULL, size INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (batch, part));");

  private static final String BODY = "printf('%0*d', ?3, ?1 * 100 + ?4)";
  private static final String ONE = "INSERT INTO parts VALUES (?1, ?4, ?2, ?3, " + BODY + ")";
  private static final String ALL =
      "INSERT INTO parts WITH RECURSIVE p(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM p WHERE i + 1"
          + " < ?2) SELECT ?1, i, ?2, ?3, printf('%0*d', ?3, ?1 * 100 + i) FROM p";
  private static final String BATCHES =
      "SELECT batch, count(*) = max(parts)"
          + " AND min(body = printf('%0*d', size, batch * 100 + part)) FROM parts GROUP BY batch";

  record Part(long batch, int part) {}

  private BatchTable() {}

  /** One statement for each part. */
  static void insert(Session session, Changes changes, long batch, int parts, int size)
      throws SQLException {
    for (int part = 0; part < parts; part++) {
      int at = part;
      session.update(
          ONE,
          row -> {
            row.setLong(1, batch);
            row.setInt(2, parts);
            row.setInt(3, size);
            row.setInt(4, at);
          });
      changes.add("parts", null, new Part(batch, part));
    }
  }

  /** One statement for all parts. */
  static void insertAtOnce(Session session, Changes changes, long batch, int parts, int size)
      throws SQLException {
    session.update(
        ALL,
        row -> {
          row.setLong(1, batch);
          row.setInt(2, parts);
          row.setInt(3, size);
        });
    changes.add("parts", null, new Part(batch, parts));
  }

  static int deleteBelow(Session session, long batch) throws SQLException {
    return session.update(
        "DELETE FROM parts WHERE batch > 0 AND batch < ?", row -> row.setLong(1, batch));
  }

  /** The batches that are stored, and whether each is whole. */
  static Map<Long, Boolean> batches(SqliteDatabase database) {
    Map<Long, Boolean> found = new TreeMap<>();
    List<Map.Entry<Long, Boolean>> rows =
        database.read(
            session ->
                session.list(
                    BATCHES, Binder.NONE, row -> Map.entry(row.getLong(1), row.getBoolean(2))));
    rows.forEach(row -> found.put(row.getKey(), row.getValue()));
    return found;
  }

  /**
   * What {@link #batches(SqliteDatabase)} says, from a file that nobody has open, after a check.
   */
  static Map<Long, Boolean> batches(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      try (ResultSet check = statement.executeQuery("PRAGMA integrity_check")) {
        if (!check.next() || !"ok".equals(check.getString(1))) {
          throw new AssertionError(file + " is damaged: " + check.getString(1));
        }
      }
      Map<Long, Boolean> found = new TreeMap<>();
      try (ResultSet rows = statement.executeQuery(BATCHES)) {
        while (rows.next()) {
          found.put(rows.getLong(1), rows.getBoolean(2));
        }
      }
      return found;
    }
  }
}
