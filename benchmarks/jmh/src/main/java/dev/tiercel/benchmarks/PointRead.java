package dev.tiercel.benchmarks;

import dev.tiercel.task.Task;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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

/** One task by its id: what the library costs on top of the shortest path there is. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PointRead {
  private static final String SQL = "SELECT " + Raw.COLUMNS + " FROM tasks WHERE id = ?";

  /** A connection and a statement that one thread keeps in its hand. */
  @State(Scope.Thread)
  public static class Hand {
    private Connection connection;
    private PreparedStatement statement;

    @Setup(Level.Trial)
    public void open(Rows.InTiercel rows) throws SQLException {
      connection = Raw.open(rows.file);
      statement = connection.prepareStatement(SQL);
    }

    @TearDown(Level.Trial)
    public void close() throws SQLException {
      connection.close();
    }
  }

  @Benchmark
  public Task tiercel(Rows.InTiercel rows, Rows.Library library, Rows.Turn turn) {
    return library.tiercel.tasks().findById(turn.id(rows.sample)).orElseThrow();
  }

  @Benchmark
  public Task handHeld(Rows.InTiercel rows, Hand hand, Rows.Turn turn) throws SQLException {
    hand.statement.setString(1, turn.id(rows.sample));
    return Raw.one(hand.statement);
  }

  @Benchmark
  public Task hikariPreparePerCall(Rows.InTiercel rows, Rows.Hikari hikari, Rows.Turn turn)
      throws SQLException {
    try (Connection connection = hikari.pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setString(1, turn.id(rows.sample));
      return Raw.one(statement);
    }
  }

  @Benchmark
  public Task jdbi(Rows.InTiercel rows, Rows.OverJdbi over, Rows.Turn turn) {
    return over.jdbi.withHandle(
        handle ->
            handle
                .createQuery(SQL)
                .bind(0, turn.id(rows.sample))
                .map((row, context) -> Raw.task(row))
                .one());
  }

  @Benchmark
  public Object dbScheduler(Rows.InTiercel rows, Rows.InDbScheduler in, Rows.Turn turn) {
    return in.repository
        .getExecution(DbScheduler.instance(turn.id(rows.sample)))
        .orElseThrow()
        .taskInstance
        .getData();
  }

  @Benchmark
  public Task naive(Rows.InTiercel rows, Rows.Naive naive, Rows.Turn turn) {
    return naive.repository.findById(turn.id(rows.sample)).orElseThrow();
  }

  @Benchmark
  public Task naiveOnTiercelsFile(Rows.InTiercel rows, Rows.Turn turn) throws SQLException {
    return openReadClose(rows, turn);
  }

  /** While somebody else has the file open, closing it does not end the log. */
  @Benchmark
  public Task naiveBesideAnother(Rows.InTiercel rows, Rows.Bystander bystander, Rows.Turn turn)
      throws SQLException {
    return openReadClose(rows, turn);
  }

  private static Task openReadClose(Rows.InTiercel rows, Rows.Turn turn) throws SQLException {
    try (Connection connection = Raw.openForOneCall(rows.file);
        PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setString(1, turn.id(rows.sample));
      return Raw.one(statement);
    }
  }
}
