package dev.tiercel.benchmarks.scorecard;

import dev.tiercel.Tiercel;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepositoryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * The same tasks twice, in the shape of either side.
 *
 * @param naive the database in the legacy shape
 * @param tiercel the database in Tiercel's
 * @param origin where the tasks come from, for people
 */
public record Databases(Path naive, Path tiercel, String origin) {
  private static final int SMALLEST = 1_000;
  private static final int LARGEST = 10_000_000;
  private static final String MAGIC = "SQLite format 3\0";

  /**
   * As the system properties {@code db} and {@code tasks} ask for.
   *
   * @param workplace where the files may lie
   * @param prefix of their names
   * @param tasks how many are generated if the properties ask for nothing
   * @return the databases
   * @throws IOException if the files cannot be made
   * @throws SQLException if the databases cannot be made
   */
  public static Databases prepare(Workplace workplace, String prefix, int tasks)
      throws IOException, SQLException {
    Path naive = workplace.file(prefix + "naive.db");
    Path tiercel = workplace.file(prefix + "tiercel.db");
    String db = System.getProperty("db", "").strip();
    if (!db.isEmpty()) {
      return copied(db, naive, tiercel);
    }
    String asked = System.getProperty("tasks", "").strip();
    int count = asked.isEmpty() ? tasks : count(asked);
    LegacyTable.write(naive, GeneratedTasks.stream(count));
    GeneratedTasks.writeTiercel(tiercel, count);
    return new Databases(naive, tiercel, "generated");
  }

  private static int count(String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= SMALLEST && count <= LARGEST) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw new Refusal("-Dtasks=%s is no number from %,d to %,d".formatted(text, SMALLEST, LARGEST));
  }

  private static Databases copied(String db, Path naive, Path tiercel)
      throws IOException, SQLException {
    Path source = database(db);
    copy(source, tiercel);
    try {
      Set<String> columns = columns(tiercel);
      if (columns.isEmpty()) {
        throw new Refusal("-Ddb=" + db + " has no table tasks");
      }
      boolean legacy = !columns.contains("lease");
      if (legacy) {
        copy(tiercel, naive); // Not the source: it may have changed since.
      }
      try (Tiercel converted = Tiercel.builder(tiercel).migrateLegacy(legacy).uncached().build()) {
        if (converted.tasks().count(TaskQuery.all()) == 0) {
          throw new Refusal("-Ddb=" + db + " has no tasks");
        }
        if (!legacy) {
          export(converted, naive);
        }
      }
      return new Databases(
          naive, tiercel, "a copy of " + source + (legacy ? ", legacy" : ", Tiercel's"));
    } catch (TaskRepositoryException | SQLException e) {
      throw new Refusal("-Ddb=" + db + " cannot be used: " + e.getMessage());
    }
  }

  private static void export(Tiercel tiercel, Path naive) throws SQLException {
    SQLException failure =
        tiercel.tasks().stream(
            TaskQuery.all(),
            tasks -> {
              try {
                LegacyTable.write(naive, tasks);
                return null;
              } catch (SQLException e) {
                return e;
              }
            });
    if (failure != null) {
      throw failure;
    }
  }

  private static Path database(String db) throws IOException {
    Path source;
    try {
      source = Path.of(db).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new Refusal("-Ddb=" + db + " is no path: " + e.getMessage());
    }
    if (!Files.isRegularFile(source) || !Files.isReadable(source)) {
      throw new Refusal("-Ddb=" + db + ": there is no readable file " + source);
    }
    try (InputStream in = Files.newInputStream(source)) {
      if (!MAGIC.equals(new String(in.readNBytes(MAGIC.length()), StandardCharsets.ISO_8859_1))) {
        throw new Refusal("-Ddb=" + db + " is no SQLite database");
      }
    }
    return source;
  }

  /**
   * Copies a database with what its last writer left beside it; SQLite needs that to make sense of
   * the file.
   *
   * @param source the database
   * @param target the file to make
   * @throws IOException if it cannot be copied
   */
  public static void copy(Path source, Path target) throws IOException {
    for (String suffix : new String[] {"", "-wal", "-journal"}) {
      Path part = source.resolveSibling(source.getFileName() + suffix);
      if (Files.exists(part)) {
        // As a stream: the copy of a read-only file is to be writable.
        try (InputStream in = Files.newInputStream(part)) {
          Files.copy(in, target.resolveSibling(target.getFileName() + suffix));
        }
      }
    }
  }

  private static Set<String> columns(Path file) throws SQLException {
    Set<String> columns = new HashSet<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA table_info(tasks)")) {
      while (row.next()) {
        columns.add(row.getString("name"));
      }
    }
    return columns;
  }
}
