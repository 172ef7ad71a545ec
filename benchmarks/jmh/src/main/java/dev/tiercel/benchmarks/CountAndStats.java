package dev.tiercel.benchmarks;

import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.TaskSummary;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskStats;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/**
 * How many tasks an agent has, how many there are, and how many of which kind.
 *
 * <p>db-scheduler has no count: its nearest are a listing of what is not picked, which it hands to
 * a consumer, and its summary by kind of task.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CountAndStats {
  private static final String OF_AGENT =
      "SELECT (SELECT count(*) FROM tasks INDEXED BY tasks_agent_assigned_newest"
          + " WHERE assigned_agent_id = ? AND assigned_agent_id IS NOT NULL"
          + " AND completed_at IS NULL)"
          + " + (SELECT count(*) FROM tasks INDEXED BY tasks_agent_completed_newest"
          + " WHERE assigned_agent_id = ? AND assigned_agent_id IS NOT NULL"
          + " AND completed_at IS NOT NULL)";

  private static final String ALL = "SELECT count(*) FROM tasks";

  private static final String BY_AGENT_AND_STATE =
      "SELECT assigned_agent_id, completed_at IS NOT NULL, count(*) FROM tasks GROUP BY 1, 2";

  /** The statements, held by hand. */
  @State(Scope.Thread)
  public static class Hand {
    private Held ofAgent;
    private Held all;
    private Held groups;

    @Setup(Level.Trial)
    public void open(Rows.InTiercel rows) throws SQLException {
      ofAgent = Held.on(rows.file, OF_AGENT);
      all = Held.on(rows.file, ALL);
      groups = Held.on(rows.file, BY_AGENT_AND_STATE);
    }

    @TearDown(Level.Trial)
    public void close() throws SQLException {
      ofAgent.close();
      all.close();
      groups.close();
    }
  }

  @Benchmark
  public long agentTiercel(Rows.InTiercel rows, Rows.Library library, Rows.Turn turn) {
    return some(library.tiercel.tasks().count(TaskQuery.forAgent(turn.agent(rows.sample))));
  }

  @Benchmark
  public long agentHandHeld(Rows.InTiercel rows, Hand hand, Rows.Turn turn) throws SQLException {
    String agent = turn.agent(rows.sample);
    hand.ofAgent.statement().setString(1, agent);
    hand.ofAgent.statement().setString(2, agent);
    return some(Raw.number(hand.ofAgent.statement()));
  }

  @Benchmark
  public long agentJdbi(Rows.InTiercel rows, Rows.OverJdbi over, Rows.Turn turn) {
    String agent = turn.agent(rows.sample);
    return some(
        over.jdbi.withHandle(
            handle ->
                handle
                    .createQuery(OF_AGENT)
                    .bind(0, agent)
                    .bind(1, agent)
                    .mapTo(Long.class)
                    .one()));
  }

  @Benchmark
  public long agentNaive(Rows.InTiercel rows, Rows.Naive naive, Rows.Turn turn) {
    return some(naive.repository.countOfAgent(turn.agent(rows.sample)));
  }

  @Benchmark
  public long notPickedDbScheduler(Rows.InDbScheduler in) {
    long[] found = {0};
    in.repository.getScheduledExecutions(
        ScheduledExecutionsFilter.all().withPicked(false), execution -> found[0]++);
    return some(found[0]);
  }

  @Benchmark
  public long allTiercel(Rows.InTiercel rows, Rows.Library library) {
    return all(rows, library.tiercel.tasks().count(TaskQuery.all()));
  }

  @Benchmark
  public long allHandHeld(Rows.InTiercel rows, Hand hand) throws SQLException {
    return all(rows, Raw.number(hand.all.statement()));
  }

  @Benchmark
  public long allJdbi(Rows.InTiercel rows, Rows.OverJdbi over) {
    return all(
        rows, over.jdbi.withHandle(handle -> handle.createQuery(ALL).mapTo(Long.class).one()));
  }

  @Benchmark
  public TaskStats statsTiercel(Rows.InTiercel rows, Rows.Library library) {
    TaskStats stats = library.tiercel.tasks().stats();
    all(rows, stats.total());
    return stats;
  }

  @Benchmark
  public Map<String, Long> statsHandHeld(Rows.InTiercel rows, Hand hand) throws SQLException {
    Map<String, Long> groups = new HashMap<>();
    try (ResultSet row = hand.groups.statement().executeQuery()) {
      while (row.next()) {
        groups.put(row.getString(1) + row.getInt(2), row.getLong(3));
      }
    }
    all(rows, groups.values().stream().mapToLong(Long::longValue).sum());
    return groups;
  }

  @Benchmark
  public List<TaskSummary> statsDbScheduler(Rows.InDbScheduler in) {
    return Raw.full(1, in.repository.getScheduledExecutionsSummaryByTask());
  }

  private static long all(Rows.InTiercel rows, long counted) {
    if (counted != rows.rows) {
      throw new IllegalStateException("counted " + counted + " of " + rows.rows);
    }
    return counted;
  }

  private static long some(long counted) {
    if (counted == 0) {
      throw new IllegalStateException("counted nothing");
    }
    return counted;
  }
}
