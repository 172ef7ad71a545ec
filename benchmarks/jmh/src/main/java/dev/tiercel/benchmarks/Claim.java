package dev.tiercel.benchmarks;

import dev.tiercel.sqlite.Durability;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The most urgent tasks taken to work on: what handing each to exactly one worker costs.
 *
 * <p>The score counts calls, {@code tasks} counts tasks. After every iteration what was taken is
 * counted in the database and given back.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class Claim {

  /** By one thread. */
  @Threads(1)
  public static class Threads01 extends Claim {}

  /** By four threads at once. */
  @Threads(4)
  public static class Threads04 extends Claim {}

  /** From where the tasks are taken; nothing but pending ones, more than an iteration can take. */
  @State(Scope.Benchmark)
  public static class From {
    @Param({"TIERCEL", "BARE", "JDBI", "DB_SCHEDULER", "NAIVE"})
    public Peer peer;

    @Param({"FULL", "NORMAL"})
    public Durability durability;

    @Param({"1", "100"})
    public int batch;

    @Param("300000")
    public int rows;

    private Target target;

    @Setup(Level.Trial)
    public void open() throws IOException, SQLException {
      target = new Target(peer, durability, Content.PENDING_100, rows);
    }

    @TearDown(Level.Iteration)
    public void giveBack() throws SQLException {
      target.giveBack();
    }

    @TearDown(Level.Trial)
    public void close() throws SQLException {
      target.close();
    }
  }

  /** How many tasks were taken. */
  @State(Scope.Thread)
  @AuxCounters
  public static class Taken {
    public long tasks;
  }

  @Benchmark
  public void claim(From from, Taken taken) throws SQLException {
    int tasks = from.target.writer().claim(from.batch);
    if (tasks != from.batch) {
      throw new IllegalStateException("claimed " + tasks + " of " + from.batch);
    }
    from.target.wrote(tasks);
    taken.tasks += tasks;
  }
}
