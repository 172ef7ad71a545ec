package dev.tiercel.benchmarks.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tiercel.benchmarks.TaskTags;
import dev.tiercel.benchmarks.scorecard.Workplace;
import dev.tiercel.cache.Invalidation;
import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.SqliteLedger;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.Tags;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypedCache;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.store.SqliteTaskRepository;
import dev.tiercel.task.Task;
import java.io.IOException;
import java.time.InstantSource;
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

/** Voiding many values at once: it must not matter how many there are. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Invalidate {
  private static final int AGENTS = 100;

  /** Of each value. */
  private static final Tag OF_ALL = Tag.of("status:OPEN");

  /** How many values are cached. */
  @State(Scope.Benchmark)
  public static class Sized {
    @Param({"1000", "1000000"})
    public int entries;
  }

  /** A cache on a ledger in memory. */
  @State(Scope.Benchmark)
  public static class InMemory {
    private TieredCache cache;

    @Setup(Level.Trial)
    public void fill(Sized sized) {
      cache = TieredCache.builder().entries(2L * sized.entries).onlyWriter().build();
      Invalidate.fill(cache, sized.entries);
    }

    @TearDown(Level.Trial)
    public void close() {
      cache.close();
    }
  }

  /** A cache on the ledger of a database. */
  @State(Scope.Benchmark)
  public static class Durable {
    @Param({"FULL", "NORMAL"})
    public Durability durability;

    private Workplace workplace;
    private SqliteTaskRepository tasks;
    private TieredCache cache;

    @Setup(Level.Trial)
    public void fill(Sized sized) throws IOException {
      workplace = new Workplace();
      SqliteLedger ledger = Ledger.durable(TaskTags::of);
      tasks =
          SqliteTaskRepository.open(
              SqliteDatabase.builder(workplace.file("tasks.db"))
                  .durability(durability)
                  .journal(ledger.journal()),
              false,
              InstantSource.system());
      cache = TieredCache.builder().ledger(ledger).entries(2L * sized.entries).build();
      Invalidate.fill(cache, sized.entries);
    }

    @TearDown(Level.Trial)
    public void close() {
      cache.close();
      tasks.close();
      workplace.close();
    }
  }

  /** Caffeine, which has to look at every key. */
  @State(Scope.Benchmark)
  public static class Plain {
    private Cache<String, String> cache;

    @Setup(Level.Trial)
    public void fill(Sized sized) {
      cache = Caffeine.newBuilder().maximumSize(2L * sized.entries).build();
      for (int i = 0; i < sized.entries; i++) {
        cache.put(key(i), "value");
      }
    }
  }

  private static void fill(TieredCache cache, int entries) {
    TypedCache<String> texts = cache.typed(String.class);
    Tags tags = Tags.of(Tag.of("tasks"), OF_ALL);
    for (int i = 0; i < entries; i++) {
      texts.get(key(i), tags, () -> "value");
    }
  }

  private static String key(int i) {
    return "tasks:agent:" + i % AGENTS + ":page:" + i;
  }

  /** Where the calls are. */
  @State(Scope.Thread)
  public static class Turn {
    private int next;

    String agent() {
      return "tasks:agent:" + next++ % AGENTS + ":";
    }
  }

  @Benchmark
  public Invalidation tag(InMemory in) {
    return in.cache.invalidate(OF_ALL);
  }

  @Benchmark
  public Invalidation prefix(InMemory in, Turn turn) {
    return in.cache.invalidatePrefix(turn.agent());
  }

  @Benchmark
  public Invalidation everything(InMemory in) {
    return in.cache.invalidateAll();
  }

  /** Of nobody, so that the next call finds as many keys to look at. */
  @Benchmark
  public boolean caffeineRemoveIf(Plain in) {
    return in.cache.asMap().keySet().removeIf(key -> key.startsWith("tasks:nobody:"));
  }

  @Benchmark
  public Invalidation ban(Durable in, Turn turn) {
    return in.cache.invalidatePattern(turn.agent() + "*:?");
  }

  @Benchmark
  public Task oneRowWrite(Durable in) {
    return in.tasks.add(Task.titled("One more"));
  }
}
