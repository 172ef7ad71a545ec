package dev.tiercel.benchmarks;

import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.task.Execution;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The newest 50 tasks of an agent: what the library costs where mapping rows is most of it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ListOf50 {
  private static final int LIMIT = 50;

  /** Merges the two indexes that Tiercel keeps for an agent's tasks. */
  private static final String TWO_ARMS =
      "SELECT "
          + Raw.COLUMNS
          + " FROM tasks INDEXED BY tasks_agent_assigned_newest"
          + " WHERE assigned_agent_id = ? AND assigned_agent_id IS NOT NULL"
          + " AND completed_at IS NULL UNION ALL SELECT "
          + Raw.COLUMNS
          + " FROM tasks INDEXED BY tasks_agent_completed_newest"
          + " WHERE assigned_agent_id = ? AND assigned_agent_id IS NOT NULL"
          + " AND completed_at IS NOT NULL ORDER BY created_at DESC, id DESC LIMIT ?";

  private static final String ONE_INDEX =
      "SELECT "
          + Raw.COLUMNS
          + " FROM tasks INDEXED BY tasks_agent WHERE assigned_agent_id = ?"
          + " ORDER BY created_at DESC, id DESC LIMIT ?";

  /** A connection and a statement that one thread keeps in its hand. */
  @State(Scope.Thread)
  public static class Hand {
    Connection connection;
    PreparedStatement statement;

    @Setup(Level.Trial)
    public void open(Rows.InTiercel rows) throws SQLException {
      open(rows.file, TWO_ARMS);
    }

    final void open(Path file, String sql) throws SQLException {
      connection = Raw.open(file);
      statement = connection.prepareStatement(sql);
    }

    @TearDown(Level.Trial)
    public void close() throws SQLException {
      connection.close();
    }
  }

  /** The same on the table with one plain index. */
  @State(Scope.Thread)
  public static class HandOnFullIndex {
    private final Hand hand = new Hand();

    @Setup(Level.Trial)
    public void open(Rows.InTiercel rows) throws IOException, SQLException {
      hand.open(rows.in(Table.FULL_INDEX), ONE_INDEX);
    }

    @TearDown(Level.Trial)
    public void close() throws SQLException {
      hand.close();
    }
  }

  @Benchmark
  public List<Task> tiercel(Rows.InTiercel rows, Rows.Library library, Rows.Turn turn) {
    return Raw.full(
        LIMIT,
        library
            .tiercel
            .tasks()
            .find(TaskQuery.forAgent(turn.agent(rows.sample)).limit(LIMIT))
            .items());
  }

  /** What {@link #dbScheduler} does. */
  @Benchmark
  public List<Task> tiercelOfAll(Rows.Library library) {
    return Raw.full(LIMIT, library.tiercel.tasks().find(TaskQuery.all().limit(LIMIT)).items());
  }

  @Benchmark
  public List<Task> handHeld(Rows.InTiercel rows, Hand hand, Rows.Turn turn) throws SQLException {
    return twoArms(hand.statement, turn.agent(rows.sample));
  }

  @Benchmark
  public List<Task> handHeldFullIndex(Rows.InTiercel rows, HandOnFullIndex on, Rows.Turn turn)
      throws SQLException {
    on.hand.statement.setString(1, turn.agent(rows.sample));
    on.hand.statement.setInt(2, LIMIT);
    return Raw.full(LIMIT, Raw.list(on.hand.statement));
  }

  @Benchmark
  public List<Task> hikariPreparePerCall(Rows.InTiercel rows, Rows.Hikari hikari, Rows.Turn turn)
      throws SQLException {
    try (Connection connection = hikari.pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(TWO_ARMS)) {
      return twoArms(statement, turn.agent(rows.sample));
    }
  }

  @Benchmark
  public List<Task> jdbi(Rows.InTiercel rows, Rows.OverJdbi over, Rows.Turn turn) {
    String agent = turn.agent(rows.sample);
    return Raw.full(
        LIMIT,
        over.jdbi.withHandle(
            handle ->
                handle
                    .createQuery(TWO_ARMS)
                    .bind(0, agent)
                    .bind(1, agent)
                    .bind(2, LIMIT)
                    .map((row, context) -> Raw.task(row))
                    .list()));
  }

  /** It knows no agents: its nearest is the first 50 of all, by their time. */
  @Benchmark
  public List<Execution> dbScheduler(Rows.InDbScheduler in) {
    return Raw.full(
        LIMIT, in.repository.getScheduledExecutions(ScheduledExecutionsFilter.all().limit(LIMIT)));
  }

  @Benchmark
  public List<Task> naive(Rows.InTiercel rows, Rows.Naive naive, Rows.Turn turn) {
    return Raw.full(LIMIT, naive.repository.findByAgent(turn.agent(rows.sample), LIMIT));
  }

  @Benchmark
  public List<Task> naiveOnTiercelsFile(
      Rows.InTiercel rows, Rows.Bystander bystander, Rows.Turn turn) throws SQLException {
    try (Connection connection = Raw.openForOneCall(rows.file);
        PreparedStatement statement = connection.prepareStatement(TWO_ARMS)) {
      return twoArms(statement, turn.agent(rows.sample));
    }
  }

  private static List<Task> twoArms(PreparedStatement statement, String agent) throws SQLException {
    statement.setString(1, agent);
    statement.setString(2, agent);
    statement.setInt(3, LIMIT);
    return Raw.full(LIMIT, Raw.list(statement));
  }
}
