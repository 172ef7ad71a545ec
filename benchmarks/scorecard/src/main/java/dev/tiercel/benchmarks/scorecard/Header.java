package dev.tiercel.benchmarks.scorecard;

import dev.tiercel.sqlite.Durability;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteJDBCLoader;

/** Says on what the numbers were measured; without it they mean nothing. */
final class Header {
  private Header() {}

  static String of(Databases databases, long rows) throws SQLException {
    return """
        Tiercel scorecard
          JDK          %s (%s), max heap %,d MiB
          machine      %s %s, %d cores
          sqlite-jdbc  %s
          tasks        %,d, %s
          durability   naive: journal %s; Tiercel: journal %s, synchronous %s\
        """
        .formatted(
            Runtime.version(),
            System.getProperty("java.vendor"),
            Runtime.getRuntime().maxMemory() >> 20,
            System.getProperty("os.name"),
            System.getProperty("os.version") + " " + System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            SQLiteJDBCLoader.getVersion(),
            rows,
            databases.origin(),
            pragma(databases.naive(), "journal_mode")
                + ", synchronous "
                + level(pragma(databases.naive(), "synchronous")),
            pragma(databases.tiercel(), "journal_mode"),
            Durability.FULL);
  }

  private static String level(String number) {
    return switch (number) {
      case "2" -> "FULL";
      case "1" -> "NORMAL";
      default -> number;
    };
  }

  private static String pragma(Path file, String name) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + name)) {
      return row.getString(1);
    }
  }
}
