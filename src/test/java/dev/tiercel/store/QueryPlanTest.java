package dev.tiercel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.RecordedSession;
import dev.tiercel.sqlite.Session;
import dev.tiercel.task.Cursor;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskFilter;
import dev.tiercel.task.TaskOrder;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskStatus;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks SQLite for the plan of every text that the repository runs. */
class QueryPlanTest {
  private static final Instant NOW = Instant.parse("2024-01-15T10:30:00Z");
  private static final Task PLACE = Task.titled("place").withId("m").withCreatedAt(NOW);

  private final Set<String> texts = new LinkedHashSet<>();
  private Connection connection;
  private Session session;

  private void open(boolean skewed) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(TaskSchema.MIGRATIONS.get(0).sql());
      if (skewed) {
        // Nearly all is completed and by one agent; one priority; few are pending or leased.
        statement.execute(
            "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 5000)"
                + " INSERT INTO tasks SELECT 'task-' || i, 'title', NULL,"
                + " CASE WHEN i % 1000 = 0 THEN NULL WHEN i % 500 = 0 THEN 'b' ELSE 'a' END,"
                + " i, i, CASE WHEN i % 250 = 0 THEN NULL ELSE i END, 1, i, 1,"
                + " CASE WHEN i % 500 = 0 THEN 1 ELSE 0 END,"
                + " CASE WHEN i % 500 = 0 THEN i END FROM s");
        statement.execute("ANALYZE");
      }
    }
    session = RecordedSession.over(connection, texts);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private List<String> plan(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
      List<String> steps = new ArrayList<>();
      while (rows.next()) {
        steps.add(rows.getString("detail"));
      }
      return steps;
    }
  }

  private void assertPlanned(String name, String sql) throws SQLException {
    List<String> steps = plan(sql);
    for (String step : steps) {
      String message = name + ": " + steps + " for " + sql;
      assertFalse(step.contains("TEMP B-TREE"), message);
      if (step.startsWith("SCAN tasks")) {
        assertTrue(
            step.contains("USING INDEX ") || step.contains("USING COVERING INDEX "), message);
      }
    }
  }

  private static Map<String, TaskQuery> shapes() {
    Map<String, TaskQuery> shapes = new LinkedHashMap<>();
    for (TaskOrder order : TaskOrder.values()) {
      for (TaskQuery base : List.of(TaskQuery.all(), TaskQuery.forAgent("a"))) {
        String name = (base.agent() == null ? "" : "agent, ") + order;
        shapes.put("any, " + name, base.order(order));
        shapes.put("open, " + name, base.open().order(order));
        for (TaskStatus status : TaskStatus.values()) {
          shapes.put(status + ", " + name, base.withStatus(status).order(order));
        }
        shapes.put(
            "assigned and completed, " + name,
            base.withStatus(TaskStatus.ASSIGNED, TaskStatus.COMPLETED).order(order));
      }
    }
    return shapes;
  }

  private static List<TaskFilter> filters() {
    return List.of(
        TaskFilter.NONE,
        TaskFilter.NONE.created(NOW, NOW.plusSeconds(1)),
        TaskFilter.NONE.atLeast(2).containing("text"));
  }

  @ParameterizedTest
  @CsvSource({"false,0", "false,1", "false,2", "true,0", "true,1", "true,2"})
  void everyListingWalksItsIndexesInOrder(boolean skewed, int filtered) throws SQLException {
    open(skewed);
    int planned = 0;
    for (Map.Entry<String, TaskQuery> shape : shapes().entrySet()) {
      TaskQuery query = shape.getValue().where(filters().get(filtered));
      Listing listing = new Listing(query);
      if (listing.isEmpty()) {
        assertEquals(Set.of(TaskStatus.PENDING), query.statuses(), shape.getKey());
        continue;
      }
      assertPlanned(shape.getKey(), listing.select(listing.seeks(null).get(0), 10).sql());
      assertPlanned(shape.getKey() + ", numbered", listing.selectFrom(10, 10).sql());
      for (Cursor cursor : List.of(Cursor.after(query, PLACE), Cursor.before(query, PLACE))) {
        for (Listing.Seek seek : listing.seeks(cursor)) {
          String sql = listing.select(seek, 10).sql();
          String name = shape.getKey() + ", " + (cursor.backward() ? "backward" : "forward");
          assertPlanned(name, sql);
          assertSeeks(name, Arm.of(query), sql);
          planned++;
        }
      }
    }
    assertEquals(11 * (2 + 4), planned);
  }

  /** Behind a place every arm is sought, never walked from its start. */
  private void assertSeeks(String name, List<Arm> arms, String sql) throws SQLException {
    List<String> steps =
        plan(sql).stream().filter(step -> step.matches("(SCAN|SEARCH) .*")).toList();
    assertEquals(arms.size(), steps.size(), name + ": " + steps);
    for (Arm arm : arms) {
      assertTrue(
          steps.stream()
              .anyMatch(
                  step ->
                      step.startsWith("SEARCH tasks USING INDEX " + arm.index() + " (")
                          && step.matches(".*(created_at|priority|\\(created_at,id\\))[<>].*")),
          name + ": " + steps + " for " + sql);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void countsAndStatisticsReadIndexesAlone(boolean skewed) throws SQLException {
    open(skewed);
    for (TaskQuery query : shapes().values()) {
      assertTrue(Reads.count(session, query) >= 0);
    }
    assertEquals(skewed ? 5_000 : 0, Reads.stats(session).total());
    assertEquals(skewed ? 5_000 : 0, Reads.count(session, TaskQuery.all()));
    assertTrue(texts.size() > 10);
    for (String sql : texts) {
      assertPlanned("count", sql);
      assertReadsNoRow(sql);
    }
  }

  /**
   * No column is read from the table itself. The plan alone does not say so: an index whose own
   * predicate is all that names a column of the table is not called covering, but no row is sought.
   */
  private void assertReadsNoRow(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int table;
      try (ResultSet root =
          statement.executeQuery("SELECT rootpage FROM sqlite_schema WHERE name = 'tasks'")) {
        table = root.getInt(1);
      }
      Set<Integer> cursors = new LinkedHashSet<>();
      try (ResultSet code = statement.executeQuery("EXPLAIN " + sql)) {
        while (code.next()) {
          if (code.getString("opcode").equals("OpenRead") && code.getInt("p2") == table) {
            cursors.add(code.getInt("p1"));
          }
        }
      }
      try (ResultSet code = statement.executeQuery("EXPLAIN " + sql)) {
        while (code.next()) {
          boolean reads = code.getString("opcode").matches("Column|FinishSeek|NotExists");
          assertFalse(reads && cursors.contains(code.getInt("p1")), sql);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyWriteFindsItsRowsByAnIndex(boolean skewed) throws SQLException {
    open(skewed);
    for (boolean noting : new boolean[] {false, true}) {
      Writes writes = new Writes(session, RecordedSession.changes(), noting, NOW);
      Leases leases = new Leases(writes);
      for (TaskFilter filter : filters()) {
        leases.claim("c", 5, Duration.ofMinutes(1), filter);
      }
      leases.renew("x", 1, Duration.ofMinutes(1));
      leases.complete("x", 1);
      leases.release("x", 1);
      writes.add(PLACE);
      Task stored = writes.save(PLACE.withId("n-" + noting)).orThrow();
      writes.save(stored.withTitle("other"));
      writes.delete("x");
      writes.prune(NOW, 10);
      Reads.byId(session, "x");
    }
    assertTrue(texts.size() > 20, texts.toString());
    for (String sql : texts) {
      assertPlanned("write", sql);
    }
  }

  @Test
  void aPageRunsOnlyWhatIsPlannedHere() throws SQLException {
    open(false);
    Set<String> planned = new LinkedHashSet<>();
    for (TaskQuery query : shapes().values()) {
      Listing listing = new Listing(query);
      if (listing.isEmpty()) {
        continue;
      }
      planned.add(listing.count().sql());
      List<TaskQuery> pages =
          List.of(
              query, query.at(Cursor.after(query, PLACE)), query.at(Cursor.before(query, PLACE)));
      for (TaskQuery page : pages) {
        listing.seeks(page.cursor()).forEach(seek -> planned.add(listing.select(seek, 1).sql()));
        Reads.page(session, page.counted());
      }
    }
    assertEquals(planned, texts);
  }
}
