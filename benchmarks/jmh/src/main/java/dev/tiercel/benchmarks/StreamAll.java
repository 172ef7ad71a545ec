package dev.tiercel.benchmarks;

import dev.tiercel.Tiercel;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
import org.openjdk.jmh.annotations.Warmup;

/** A million tasks from end to end in a heap of 64 MB, which could not hold them. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms64m", "-Xmx64m"})
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class StreamAll {

  /** The tasks. */
  @State(Scope.Benchmark)
  public static class All {
    @Param("1000000")
    public int rows;

    private Tiercel tiercel;

    @Setup(Level.Trial)
    public void open() throws IOException, SQLException {
      tiercel = Tiercel.builder(Shelf.file(Table.TIERCEL, Content.TEAM, rows)).uncached().build();
    }

    @TearDown(Level.Trial)
    public void close() {
      tiercel.close();
    }

    private long check(long streamed) {
      if (streamed != rows) {
        throw new IllegalStateException("streamed " + streamed + " of " + rows);
      }
      return streamed;
    }
  }

  @Benchmark
  public long stream(All all) {
    return all.check(all.tiercel.tasks().stream(TaskQuery.all(), StreamAll::countTitled));
  }

  @Benchmark
  public long streamSnapshot(All all) {
    return all.check(
        all.tiercel
            .tasks()
            .streamSnapshot(TaskQuery.all(), Duration.ofMinutes(10), StreamAll::countTitled));
  }

  /* A plain count could be answered without looking at the tasks. */
  private static long countTitled(Stream<Task> tasks) {
    return tasks.filter(task -> !task.title().isEmpty()).count();
  }
}
