package dev.tiercel.benchmarks.scorecard.web;

import dev.tiercel.benchmarks.scorecard.Databases;
import dev.tiercel.benchmarks.scorecard.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Measures a list of tasks behind a server: processes that are asked over the loopback. */
public final class WebScorecard implements AutoCloseable {
  static final int TASKS = 20_000;
  static final int AGENTS = 80;

  private final List<Server> servers = new ArrayList<>();
  private final Workplace workplace;
  private final Plan plan;
  private final Consumer<String> progress;

  private WebScorecard(Workplace workplace, Plan plan, Consumer<String> progress) {
    this.workplace = workplace;
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Runs it.
   *
   * @param workplace where the files may lie
   * @param isWhole whether it may take a minute and a half, or else half a minute
   * @param progress told what is being done
   * @return what came of it
   * @throws Exception if something breaks, or the servers' answers differ
   */
  public static WebResult run(Workplace workplace, boolean isWhole, Consumer<String> progress)
      throws Exception {
    try (WebScorecard scorecard =
        new WebScorecard(workplace, isWhole ? Plan.WHOLE : Plan.SHORT, progress)) {
      return scorecard.measure();
    }
  }

  private WebResult measure() throws Exception {
    progress.accept("server: preparing two databases with the same tasks");
    Databases databases = Databases.prepare(workplace, "web-", TASKS);
    start(Site.NAIVE, databases.naive().toString());
    start(Site.TIERCEL, databases.tiercel().toString());
    start(Site.CACHED, copy(databases.tiercel()).toString());
    progress.accept("server: comparing the answers");
    SameRows rows = new SameRows(servers);
    List<AgentList> lists = rows.of(agents(databases.naive()));
    start(Site.CONSTANT, Integer.toString(rows.meanBytes()));
    WebTable table = new WebTable(plan);
    try (Client client = Client.start(lists, workplace)) {
      progress.accept("server: warming up");
      for (Server server : servers) {
        client.run(plan.warmUp(server), server);
      }
      for (int connections : plan.connections()) {
        for (int round = 0; round < plan.rounds(); round++) {
          progress.accept("server: %d connections, round %d".formatted(connections, round + 1));
          for (Server server : servers) {
            Order order = plan.order(server, connections, round);
            table.add(order, client.run(order, server));
          }
        }
      }
    }
    String tasks =
        String.format(Locale.ROOT, "%,d, %s", count(databases.naive()), databases.origin());
    return table.result(table.text(tasks, lists.size(), rows));
  }

  private void start(Site site, String of) throws IOException, InterruptedException {
    servers.add(Server.start(site, of, workplace));
  }

  private Path copy(Path database) throws IOException {
    Path copy = workplace.file("web-cached.db");
    Databases.copy(database, copy);
    return copy;
  }

  /** Those who have most. */
  private static List<String> agents(Path database) throws SQLException {
    List<String> agents =
        column(
            database,
            "SELECT assigned_agent_id FROM tasks WHERE assigned_agent_id IS NOT NULL"
                + " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT "
                + AGENTS);
    return agents.isEmpty() ? List.of("nobody") : agents;
  }

  private static long count(Path database) throws SQLException {
    return Long.parseLong(column(database, "SELECT count(*) FROM tasks").get(0));
  }

  private static List<String> column(Path database, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        values.add(row.getString(1));
      }
    }
    return values;
  }

  @Override
  public void close() {
    servers.forEach(Server::close);
  }
}
