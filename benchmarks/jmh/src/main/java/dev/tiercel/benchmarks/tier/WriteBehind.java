package dev.tiercel.benchmarks.tier;

import dev.tiercel.benchmarks.scorecard.Workplace;
import dev.tiercel.cache.Stamp;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.Tags;
import dev.tiercel.cache.TierStats;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypedCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
 * Tasks into a cache until the tier below has them all: they are put, encoded and written, the
 * latter two by another thread. As many at once as may wait, so that none is left out.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(WriteBehind.VALUES)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WriteBehind {
  static final int VALUES = 8_000;

  private static final Tags TAGS = Tags.of(Tag.of("tasks"), Tag.of("status:OPEN"));

  /** A cache with 10,000 entries in memory. */
  @State(Scope.Benchmark)
  public static class Over {
    @Param public CachePeer tier;

    private Workplace workplace;
    private EncodedValues values;
    private TieredCache cache;
    private TypedCache<Object> typed;
    private int next;

    @Setup(Level.Trial)
    public void open() throws Exception {
      workplace = new Workplace();
      values = new EncodedValues(1);
      Path folder = Files.createDirectories(workplace.file("store"));
      cache = tier.open(folder, 16L << 30, values, 10_000);
      typed = cache.typed(values.type());
    }

    private void put(Stamp stamp) {
      if (!typed.put(Row.key(next), values.value(next), TAGS, stamp)) {
        throw new IllegalStateException(Row.key(next) + " was not cached");
      }
      next++;
    }

    /** Fails unless all that was put was written. */
    @TearDown(Level.Trial)
    public void close() throws Exception {
      try (TieredCache closed = cache) {
        TierStats stats = closed.tierStats().get(0);
        if (stats.written() != next) {
          throw new IllegalStateException(stats + ", but " + next + " were put");
        }
      } finally {
        workplace.close();
      }
    }
  }

  @Benchmark
  public void drain(Over over) throws InterruptedException {
    Stamp stamp = over.cache.stamp();
    for (int i = 0; i < VALUES; i++) {
      over.put(stamp);
    }
    if (!over.cache.flush(Duration.ofMinutes(1))) {
      throw new IllegalStateException("the tier is not written in a minute");
    }
  }
}
