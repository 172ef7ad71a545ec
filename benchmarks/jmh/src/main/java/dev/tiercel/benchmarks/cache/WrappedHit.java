package dev.tiercel.benchmarks.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tiercel.cache.CacheSource;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.Tags;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypedCache;
import dev.tiercel.query.Caching;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** A value that is in memory: what a wrapper costs on top of a cache that is called by hand. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WrappedHit {
  private static final int SAMPLE = 1 << 16;

  /** Somebody's repository. */
  public interface Orders {
    String findById(String id);

    List<String> findByCustomer(String customer, int limit);

    void save(String id);
  }

  private record SlowOrders() implements Orders {
    @Override
    public String findById(String id) {
      return "order " + id;
    }

    @Override
    public List<String> findByCustomer(String customer, int limit) {
      return IntStream.range(0, limit).mapToObj(i -> customer + i).toList();
    }

    @Override
    public void save(String id) {}
  }

  private record ById(SlowOrders orders) implements CacheSource<String, String> {
    @Override
    public Tags tags(String key) {
      return Tag.of("order", key);
    }

    @Override
    public String load(String key) {
      return orders.findById(key);
    }
  }

  /** Three full caches. */
  @State(Scope.Benchmark)
  public static class Full {
    @Param({"1024", "100000"})
    public int keys;

    private final ById source = new ById(new SlowOrders());
    private TieredCache cache;
    private TypedCache<String> typed;
    private Orders wrapped;
    private Cache<String, String> caffeine;
    private String[] sample;

    @Setup(Level.Trial)
    public void open() {
      int room = 4 * keys;
      cache = TieredCache.builder().entries(room).ttl(Duration.ofHours(1)).build();
      typed = cache.typed(String.class);
      caffeine = Caffeine.newBuilder().maximumSize(room).build();
      wrapped =
          Caching.of(Orders.class, source.orders())
              .with(cache)
              .cached(Orders::findById, c -> c.tag(id -> "order:" + id))
              .cached(
                  Orders::findByCustomer, c -> c.tag((customer, limit) -> "customer:" + customer))
              .invalidates(Orders::save, i -> i.tag(id -> "order:" + id))
              .build();
      for (int i = 0; i < keys; i++) {
        String id = Integer.toString(i);
        typed.get(id, source);
        wrapped.findById(id);
        wrapped.findByCustomer(id, 50);
        caffeine.get(id, source::load);
      }
      SplittableRandom random = new SplittableRandom(7);
      sample = new String[SAMPLE];
      for (int i = 0; i < SAMPLE; i++) {
        sample[i] = Integer.toString(random.nextInt(keys));
      }
    }

    @TearDown(Level.Trial)
    public void close() {
      cache.close();
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

  @Benchmark
  public String caffeine(Full full, Turn turn) {
    return full.caffeine.get(full.sample[turn.take()], full.source::load);
  }

  @Benchmark
  public String typed(Full full, Turn turn) {
    return full.typed.get(full.sample[turn.take()], full.source);
  }

  @Benchmark
  public String wrapped(Full full, Turn turn) {
    return full.wrapped.findById(full.sample[turn.take()]);
  }

  /** Two arguments, a list of 50. */
  @Benchmark
  public List<String> wrappedList(Full full, Turn turn) {
    return full.wrapped.findByCustomer(full.sample[turn.take()], 50);
  }
}
