package dev.tiercel.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The other JVM of {@link LockedElsewhereIT}: holds the write lock until its input says a word. */
final class LockingProcess {
  private LockingProcess() {}

  public static void main(String[] arguments) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=60000");
      statement.execute("BEGIN IMMEDIATE");
      System.out.println("held");
      int unused = System.in.read();
      statement.execute("COMMIT");
      System.out.println("let go");
    }
  }
}
