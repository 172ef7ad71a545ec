package dev.tiercel.benchmarks.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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

/** A box is taken from a pool of ten and given back, by one thread, by two, by eight. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PoolCycle {
  /** The pool that all threads share. */
  @State(Scope.Benchmark)
  public static class Open {
    @Param public PoolPeer peer;
    PoolPeer.Subject subject;

    @Setup(Level.Trial)
    public void open() throws Exception {
      subject = peer.open(10);
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
      subject.pool().close();
    }
  }

  /** What one thread adds up. */
  @State(Scope.Thread)
  public static class Sum implements PoolPeer.Work {
    private long sum;

    @Override
    public void on(Box box) {
      sum += box.value;
    }
  }

  /**
   * What no pool can do without: one compare-and-set and one ordered store, each thread its own.
   */
  @State(Scope.Thread)
  public static class Floor {
    private static final VarHandle TAKEN;

    static {
      try {
        TAKEN = MethodHandles.lookup().findVarHandle(Floor.class, "taken", long.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    private volatile long taken;
    private final Box box = new Box();

    void run(Sum sum) {
      if (TAKEN.compareAndSet(this, 0L, 1L)) {
        sum.on(box);
        TAKEN.setRelease(this, 0L);
      }
    }
  }

  @Benchmark
  @Threads(1)
  public long threads1(Open pool, Sum sum) throws Exception {
    pool.subject.cycle().run(sum);
    return sum.sum;
  }

  @Benchmark
  @Threads(2)
  public long threads2(Open pool, Sum sum) throws Exception {
    pool.subject.cycle().run(sum);
    return sum.sum;
  }

  @Benchmark
  @Threads(8)
  public long threads8(Open pool, Sum sum) throws Exception {
    pool.subject.cycle().run(sum);
    return sum.sum;
  }

  @Benchmark
  @Threads(1)
  public long floor(Floor floor, Sum sum) {
    floor.run(sum);
    return sum.sum;
  }
}
