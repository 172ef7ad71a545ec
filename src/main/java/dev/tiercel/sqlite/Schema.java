package dev.tiercel.sqlite;

import dev.tiercel.sqlite.SqliteException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a database to the newest known {@code user_version}, one transaction a step. */
final class Schema {
  private static final Logger log = LoggerFactory.getLogger(Schema.class);

  private Schema() {}

  /** Refuses what cannot be brought there, before anything is changed. */
  static void check(Connection connection, SqliteOptions options) throws SQLException {
    List<Migration> steps = options.migrations();
    int found = version(connection);
    int newest = steps.isEmpty() ? found : steps.get(steps.size() - 1).version();
    if (found > newest) {
      throw new SqliteException(
          Kind.UNSUPPORTED,
          "%s has user_version %d, this version of Tiercel knows up to %d; use a newer Tiercel"
              .formatted(options.file(), found, newest),
          null);
    }
    if (found < 0) {
      throw new SqliteException(
          Kind.UNSUPPORTED,
          "%s has the user_version %d, which no Tiercel writes; restore a backup, or name another file"
              .formatted(options.file(), found),
          null);
    }
  }

  /** Refuses what only a migration could make fit, where none is wanted. */
  static void requireMigrated(Connection connection, SqliteOptions options) throws SQLException {
    for (Migration step : options.migrations()) {
      if (!options.autoMigrate() && version(connection) < step.version()) {
        throw new SqliteException(
            Kind.UNSUPPORTED,
            "%s has user_version %d and autoMigrate is off; run the scripts of META-INF/tiercel/migrations up to %d"
                .formatted(options.file(), version(connection), step.version()),
            null);
      }
    }
  }

  static void migrate(Connection connection, SqliteOptions options) throws SQLException {
    for (Migration step : options.migrations()) {
      if (version(connection) < step.version()) {
        apply(connection, step, options.file());
      }
    }
  }

  private static void apply(Connection connection, Migration step, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try {
        // Another process may have done it while this one waited for the lock.
        if (version(connection) < step.version()) {
          statement.executeUpdate(step.sql());
          statement.execute("PRAGMA user_version=" + step.version());
          log.info("Migrated {} to schema version {}", file, step.version());
        }
        statement.execute("COMMIT");
      } catch (Throwable e) {
        try {
          statement.execute("ROLLBACK");
        } catch (SQLException more) {
          e.addSuppressed(more);
        }
        throw e;
      }
    }
  }

  static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }
}
