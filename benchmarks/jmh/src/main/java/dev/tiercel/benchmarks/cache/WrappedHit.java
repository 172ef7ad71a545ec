package dev.tiercel.benchmarks.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tiercel.cache.CacheKey;
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

  /** What a caller by hand would write: it tells calls apart, and costs no text. */
  private record OrderKey(String id) implements CacheKey {
    @Override
    public String text() {
      return CacheKey.join("order", id);
    }
  }

  private record ById(SlowOrders orders) implements CacheSource<OrderKey, String> {
    @Override
    public Tags tags(OrderKey key) {
      return Tag.of("order", key.id());
    }

    @Override
    public String load(OrderKey key) {
      return orders.findById(key.id());
    }
  }

  /** Who answers; each alone in its cache, which is three quarters full. */
  public enum Face {
    /** Caffeine alone. */
    CAFFEINE,
    /** JetCache's local cache, called by hand. */
    JETCACHE,
    /** The cache, called by hand. */
    BY_HAND,
    /** A wrapper. */
    WRAPPED,
    /** A wrapper: two arguments, a list of 50. */
    WRAPPED_LIST
  }

  /** Answers. */
  private interface Answer {
    Object to(String id);
  }

  /** A full cache. */
  @State(Scope.Benchmark)
  public static class Full {
    @Param public Face face;

    @Param({"1024", "100000"})
    public int keys;

    private TieredCache cache;
    private Answer answer;
    private String[] sample;

    @Setup(Level.Trial)
    public void open() {
      int room = keys + keys / 3;
      cache = TieredCache.builder().entries(room).ttl(Duration.ofHours(1)).build();
      answer = answer(room);
      for (int i = 0; i < keys; i++) {
        answer.to(Integer.toString(i));
      }
      SplittableRandom random = new SplittableRandom(7);
      sample = new String[SAMPLE];
      for (int i = 0; i < SAMPLE; i++) {
        sample[i] = Integer.toString(random.nextInt(keys));
      }
    }

    private Answer answer(int room) {
      SlowOrders orders = new SlowOrders();
      switch (face) {
        case CAFFEINE -> {
          Cache<String, String> caffeine = Caffeine.newBuilder().maximumSize(room).build();
          return id -> caffeine.get(id, orders::findById);
        }
        case JETCACHE -> {
          com.alicp.jetcache.Cache<String, String> jet = JetCaches.local(room);
          return id -> jet.computeIfAbsent(id, orders::findById);
        }
        case BY_HAND -> {
          TypedCache<String> typed = cache.typed(String.class);
          ById source = new ById(orders);
          return id -> typed.get(new OrderKey(id), source);
        }
        default -> {
          Orders wrapped = wrapped(orders);
          return face == Face.WRAPPED
              ? wrapped::findById
              : customer -> wrapped.findByCustomer(customer, 50);
        }
      }
    }

    private Orders wrapped(Orders orders) {
      return Caching.of(Orders.class, orders)
          .with(cache)
          .cached(Orders::findById, c -> c.tag(id -> "order:" + id))
          .cached(Orders::findByCustomer, c -> c.tag((customer, limit) -> "customer:" + customer))
          .invalidates(Orders::save, i -> i.tag(id -> "order:" + id))
          .build();
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
  public Object hit(Full full, Turn turn) {
    return full.answer.to(full.sample[turn.take()]);
  }
}
