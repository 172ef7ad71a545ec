package dev.tiercel.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Makes backups beside readers and writers, and looks into each. One thread. */
final class Backups {
  private final Stack stack;
  private final Counting counting;
  private final Done done;
  private final Path target;

  Backups(Stack stack, Counting counting, Done done, Path folder) {
    this.stack = stack;
    this.counting = counting;
    this.done = done;
    this.target = folder.resolve("backup.db");
  }

  void step(Random random) throws IOException, SQLException {
    long[] least = counting.least();
    try {
      stack.tiercel.backup(target);
      check(target, counting, least, "a backup");
      done.backups.increment();
    } finally {
      Files.deleteIfExists(target);
    }
  }

  /** Asks a file that it is sound and shows what is known; returns the ids in it. */
  static Set<String> check(Path file, Counting counting, long[] least, String where)
      throws SQLException {
    Set<String> ids = new HashSet<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      try (ResultSet sound = statement.executeQuery("PRAGMA integrity_check")) {
        if (!sound.getString(1).equals("ok")) {
          throw new IllegalStateException(where + " is damaged: " + sound.getString(1));
        }
      }
      try (ResultSet rows = statement.executeQuery("SELECT id, priority FROM tasks")) {
        while (rows.next()) {
          String id = rows.getString(1);
          int i = Counting.index(id);
          if (i >= 0) {
            counting.saw(i, least[i], rows.getLong(2), where);
          }
          ids.add(id);
        }
      }
    }
    for (int i = 0; i < Counting.TASKS; i++) {
      if (!ids.contains(Counting.id(i))) {
        throw new IllegalStateException(where + " lacks " + Counting.id(i));
      }
    }
    return ids;
  }
}
