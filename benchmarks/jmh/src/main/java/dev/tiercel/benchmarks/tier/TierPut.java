package dev.tiercel.benchmarks.tier;

import dev.tiercel.benchmarks.scorecard.Workplace;
import dev.tiercel.tier.TierRecord;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * New tasks into a store, {@value #BATCH} for each call: those that have a way keep what a call has
 * returned from though the process is killed. The figure is that of single tasks.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(TierPut.BATCH)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TierPut {
  static final int BATCH = 512;

  /** A store that was empty when the clock began to run. */
  @State(Scope.Benchmark)
  public static class Into {
    @Param({"SQLITE", "FILES", "EHCACHE", "MAPDB", "MVSTORE", "ROCKSDB"})
    public StorePeer peer;

    private final Space space = new Space();

    @Setup(Level.Trial)
    public void open() throws Exception {
      space.open(peer, 16L << 30);
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
      space.close();
    }
  }

  /** A tier that is full: as much has to go as comes. */
  @State(Scope.Benchmark)
  public static class Full {
    private static final long BYTES = 64L << 20;

    @Param({"SQLITE", "FILES"})
    public StorePeer peer;

    private final Space space = new Space();

    @Setup(Level.Trial)
    public void open() throws Exception {
      space.open(peer, BYTES);
      for (long filled = 0; filled < 2 * BYTES; filled += space.putBytes()) {
        space.put();
      }
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
      space.close();
    }
  }

  /** A store, and the next number that is not in it. */
  private static final class Space {
    private Workplace workplace;
    private EncodedValues values;
    private ByteStore store;
    private int next;

    void open(StorePeer peer, long maxBytes) throws Exception {
      workplace = new Workplace();
      values = new EncodedValues(1);
      store = StorePeer.in(workplace.file("store"), peer, maxBytes, true);
    }

    List<TierRecord> put() throws Exception {
      List<TierRecord> records = values.records(next, BATCH);
      next += BATCH;
      store.put(records);
      return records;
    }

    long putBytes() {
      return (long) (BATCH * values.meanBytes());
    }

    /** Fails unless the newest is there. */
    void close() throws Exception {
      try (ByteStore closed = store) {
        if (closed.get(Row.key(next - 1)) == null) {
          throw new IllegalStateException(Row.key(next - 1) + " is not there");
        }
      } finally {
        workplace.close();
      }
    }
  }

  @Benchmark
  public Object put(Into into) throws Exception {
    return into.space.put();
  }

  @Benchmark
  public Object putIntoFull(Full full) throws Exception {
    return full.space.put();
  }
}
