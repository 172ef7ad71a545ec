package dev.tiercel.benchmarks.cache;

import dev.tiercel.benchmarks.scorecard.GeneratedTasks;
import dev.tiercel.cache.TypeRef;
import dev.tiercel.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to keep tasks below memory: a value into bytes and back, and how many bytes. The
 * time is that of the whole value: one task, or a list of 50.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Encode {
  private static final int SAMPLE = 128;

  /** Values of the usual texts, and their bytes. */
  @State(Scope.Benchmark)
  public static class Values {
    @Param public EncodePeer peer;

    @Param({"1", "50"})
    public int tasks;

    /** Whether the tasks have their descriptions, of 750 characters, or none. */
    @Param({"true", "false"})
    public boolean described;

    private final List<Object> values = new ArrayList<>();
    private final List<byte[]> encoded = new ArrayList<>();
    private TypeRef<?> type;
    private double bytesPerTask;

    @Setup(Level.Trial)
    public void encode() throws IOException {
      List<Task> all =
          GeneratedTasks.stream(SAMPLE * tasks)
              .map(task -> described ? task : task.withDescription(null))
              .toList();
      type = tasks == 1 ? TypeRef.of(Task.class) : new TypeRef<List<Task>>() {};
      long bytes = 0;
      for (int i = 0; i < SAMPLE; i++) {
        Object value =
            tasks == 1 ? all.get(i) : List.copyOf(all.subList(i * tasks, (i + 1) * tasks));
        byte[] made = peer.codec.encode(value, type);
        if (!value.equals(peer.codec.decode(made, 0, made.length, type))) {
          throw new IllegalStateException(value + " did not come back");
        }
        values.add(value);
        encoded.add(made);
        bytes += made.length;
      }
      bytesPerTask = (double) bytes / all.size();
    }
  }

  /** Where a thread is in the sample. */
  @State(Scope.Thread)
  public static class Turn {
    private int next;

    int take() {
      return next++ & (SAMPLE - 1);
    }
  }

  /** What was weighed. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Weight {
    public double bytesPerTask;
  }

  @Benchmark
  public byte[] encode(Values values, Turn turn) throws IOException {
    return values.peer.codec.encode(values.values.get(turn.take()), values.type);
  }

  @Benchmark
  public Object decode(Values values, Turn turn) throws IOException {
    byte[] bytes = values.encoded.get(turn.take());
    return values.peer.codec.decode(bytes, 0, bytes.length, values.type);
  }

  /** The time means nothing. One iteration, since the counters of several are added up. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Fork(1)
  @Warmup(iterations = 0)
  @Measurement(iterations = 1)
  public void weigh(Values values, Weight weight) {
    weight.bytesPerTask = values.bytesPerTask;
  }
}
