package dev.tiercel.benchmarks.tier;

import dev.tiercel.benchmarks.scorecard.Workplace;
import dev.tiercel.cache.CacheSource;
import dev.tiercel.cache.Stamp;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.Tags;
import dev.tiercel.cache.TierStats;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypedCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * A value that is not in memory: what the tiers cost beside the reads that they are made of, and
 * beside others. All hold the same bytes, and the same codec decodes them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TierHit {
  private static final int SAMPLE = 1 << 16;
  private static final int BATCH = 512;
  private static final long MAX_BYTES = 8L << 30;

  /** The numbers that are asked for, at random among all, the same at every run. */
  private static String[] sample(int entries) {
    SplittableRandom random = new SplittableRandom(7);
    String[] sample = new String[SAMPLE];
    for (int i = 0; i < SAMPLE; i++) {
      sample[i] = Row.key(random.nextInt(entries));
    }
    return sample;
  }

  /** A store that holds all keys, its files in the system's memory. */
  @State(Scope.Benchmark)
  public static class Warm {
    @Param public StorePeer peer;

    @Param({"1", "50"})
    public int tasks;

    @Param("100000")
    public int entries;

    private Workplace workplace;
    private EncodedValues values;
    private ByteStore store;
    private String[] sample;

    @Setup(Level.Trial)
    public void fill() throws Exception {
      workplace = new Workplace();
      values = new EncodedValues(tasks);
      store = StorePeer.in(workplace.file("store"), peer, MAX_BYTES, false);
      for (int done = 0; done < entries; done += BATCH) {
        store.put(values.records(done, Math.min(BATCH, entries - done)));
      }
      store.settle();
      for (int i = 0; i < entries; i++) {
        byte[] bytes = store.get(Row.key(i));
        if (bytes == null || !values.value(i).equals(values.decode(bytes))) {
          throw new IllegalStateException(Row.key(i) + " did not come back");
        }
      }
      sample = sample(entries);
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
      try {
        store.close();
      } finally {
        workplace.close();
      }
    }
  }

  /**
   * A cache whose memory has room for one entry, so that all hits but one in so many are of the
   * tier: it judges the value by its stamp and its tags, and takes it into memory.
   */
  @State(Scope.Benchmark)
  public static class Cached {
    @Param public CachePeer tier;

    @Param({"1", "50"})
    public int tasks;

    @Param("100000")
    public int entries;

    private final Source source = new Source();
    private Workplace workplace;
    private TieredCache cache;
    private TypedCache<Object> typed;
    private String[] sample;
    private long hitsBefore;

    @Setup(Level.Trial)
    public void fill() throws Exception {
      workplace = new Workplace();
      EncodedValues values = new EncodedValues(tasks);
      Path folder = Files.createDirectories(workplace.file("store"));
      cache = tier.open(folder, MAX_BYTES, values, 1);
      typed = cache.typed(values.type());
      Stamp stamp = cache.stamp();
      for (int i = 0; i < entries; i++) {
        typed.put(Row.key(i), values.value(i), source.tags(Row.key(i)), stamp);
        if (i % BATCH == 0 || i == entries - 1) {
          flush();
        }
      }
      for (int i = 0; i < entries; i++) {
        if (!values.value(i).equals(typed.get(Row.key(i), source))) {
          throw new IllegalStateException(Row.key(i) + " did not come back");
        }
      }
      sample = sample(entries);
      hitsBefore = hits();
    }

    private void flush() throws InterruptedException {
      if (!cache.flush(Duration.ofMinutes(1))) {
        throw new IllegalStateException("the tier is not written in a minute");
      }
    }

    private long hits() {
      return cache.tierStats().stream().mapToLong(TierStats::hits).sum();
    }

    @TearDown(Level.Trial)
    public void close(Turn turn) throws Exception {
      try {
        long inTier = hits() - hitsBefore;
        cache.close();
        if (inTier < turn.taken * 0.99) {
          throw new IllegalStateException(inTier + " hits in the tier of " + turn.taken);
        }
      } finally {
        workplace.close();
      }
    }
  }

  /** Three tags for each value; what is not there is an error. */
  private static final class Source implements CacheSource<String, Object> {
    @Override
    public Tags tags(String key) {
      int agent = Row.number(key) / 10;
      return Tags.of(
          Tag.of("tasks"), Tag.of("status:OPEN"), Tag.of("agent", Integer.toString(agent)));
    }

    @Override
    public Object load(String key) {
      throw new IllegalStateException(key + " is not in the tier");
    }
  }

  /** Where the thread is in the sample. */
  @State(Scope.Benchmark)
  public static class Turn {
    private int taken;

    String next(String[] sample) {
      return sample[taken++ & (SAMPLE - 1)];
    }
  }

  @Benchmark
  public Object hit(Warm warm, Turn turn) throws Exception {
    return warm.values.decode(warm.store.get(turn.next(warm.sample)));
  }

  @Benchmark
  public Object throughCache(Cached cached, Turn turn) {
    return cached.typed.get(turn.next(cached.sample), cached.source);
  }
}
