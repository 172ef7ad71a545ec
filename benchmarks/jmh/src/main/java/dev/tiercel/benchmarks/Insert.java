package dev.tiercel.benchmarks;

import dev.tiercel.sqlite.Durability;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
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

/** One new task for each call, durable when it returns: what sharing a commit is worth. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class Insert {

  /** By one thread. */
  @Threads(1)
  public static class Threads01 extends Insert {}

  /** By four threads at once. */
  @Threads(4)
  public static class Threads04 extends Insert {}

  /** By sixteen threads at once. */
  @Threads(16)
  public static class Threads16 extends Insert {}

  /** Where the tasks go. */
  @State(Scope.Benchmark)
  public static class Into {
    @Param public Peer peer;

    @Param({"FULL", "NORMAL"})
    public Durability durability;

    @Param("100000")
    public int rows;

    private Target target;

    @Setup(Level.Trial)
    public void open() throws IOException, SQLException {
      target = new Target(peer, durability, Content.TEAM, rows);
    }

    @TearDown(Level.Trial)
    public void close() throws SQLException {
      try (Target done = target) {
        done.checkAdded();
      }
    }
  }

  @Benchmark
  public void add(Into into, NewTasks tasks) throws SQLException {
    into.target.writer().add(tasks.next());
    into.target.wrote(1);
  }
}
