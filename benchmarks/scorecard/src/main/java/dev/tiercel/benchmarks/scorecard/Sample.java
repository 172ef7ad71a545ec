package dev.tiercel.benchmarks.scorecard;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Whom to ask for: ids in a random but fixed order, and every agent.
 *
 * @param rows how many tasks there are
 * @param ids some or all of their ids
 * @param agents all agents, or one that does not exist if there are none
 */
public record Sample(long rows, List<String> ids, List<String> agents) {
  private static final long SEED = 7;

  /**
   * Draws from a database of either shape.
   *
   * @param file the database
   * @param most how many ids to draw at most
   * @return the sample
   * @throws SQLException if it cannot be read
   */
  public static Sample of(Path file, int most) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      List<String> ids = strings(statement, "SELECT id FROM tasks ORDER BY id");
      List<String> agents =
          strings(
              statement,
              "SELECT DISTINCT assigned_agent_id FROM tasks"
                  + " WHERE assigned_agent_id IS NOT NULL ORDER BY 1");
      Collections.shuffle(ids, new Random(SEED));
      Collections.shuffle(agents, new Random(SEED));
      return new Sample(
          ids.size(),
          List.copyOf(ids.subList(0, Math.min(most, ids.size()))),
          agents.isEmpty() ? List.of("nobody") : List.copyOf(agents));
    }
  }

  private static List<String> strings(Statement statement, String sql) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        strings.add(row.getString(1));
      }
    }
    return strings;
  }
}
