package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.cache.CacheSource;
import dev.tiercel.cache.CacheStats;
import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.SmileCodec;
import dev.tiercel.cache.SqliteLedger;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.Tags;
import dev.tiercel.cache.TierStats;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TieredCacheBuilder;
import dev.tiercel.cache.TypeRef;
import dev.tiercel.cache.TypedCache;
import dev.tiercel.query.TaskCodec;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.sqlite.RowChange;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.store.SqliteTaskRepository;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskRepository;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A repository with a cache in front of it, both on the ledger in the task database. */
final class CachedTasks implements Answers, AutoCloseable {
  /** Not enough for all answers, so that the tiers below have something to do. */
  static final long MEMORY = 64L << 20;

  static final Durability DURABILITY = Durability.NORMAL;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final SqliteTaskRepository tasks;
  private final TieredCache cache;
  private final TypedCache<Task> single;
  private final TypedCache<List<Task>> lists;
  private final CacheSource<Read.ById, Task> loadOne;
  private final CacheSource<Read.Listing, List<Task>> loadList;
  private long loads; // By one thread.

  private CachedTasks(SqliteTaskRepository tasks, TieredCache cache) {
    this.tasks = tasks;
    this.cache = cache;
    single = cache.typed(Task.class);
    lists = cache.typed(new TypeRef<List<Task>>() {});
    loadOne = source(read -> read.from(tasks));
    loadList = source(read -> read.from(tasks));
  }

  /** Opens both, with tiers below memory or none. */
  static CachedTasks open(Location location, UnaryOperator<TieredCacheBuilder> tiers) {
    SqliteLedger ledger = Ledger.durable(CachedTasks::tagsOf);
    SqliteTaskRepository tasks =
        SqliteTaskRepository.open(
            SqliteDatabase.builder(location.tasks())
                .durability(DURABILITY)
                .journal(ledger.journal()),
            false,
            InstantSource.system());
    TieredCacheBuilder cache =
        TieredCache.builder()
            .ledger(ledger)
            .memory(MEMORY)
            .codec(TaskCodec.of(SmileCodec.create()));
    return new CachedTasks(tasks, tiers.apply(cache).build());
  }

  /** What a changed task voids: itself, and what lists its agents and states, before and after. */
  private static Set<Tag> tagsOf(RowChange change) {
    Set<Tag> tags = new LinkedHashSet<>();
    tags.add(Tag.of("tasks"));
    for (Record row : new Record[] {change.before(), change.after()}) {
      if (row instanceof Task task) {
        tags.add(Tag.of("task", task.id()));
        tags.add(Tag.of("status", task.status().name()));
        if (task.assignedAgentId() != null) {
          tags.add(Tag.of("agent", task.assignedAgentId()));
        }
      }
    }
    return tags;
  }

  private interface Loading<K, V> {
    V of(K key);
  }

  private <K extends Read, V> CacheSource<K, V> source(Loading<K, V> loading) {
    return new CacheSource<>() {
      @Override
      public Tags tags(K key) {
        return key.tag();
      }

      @Override
      public V load(K key) {
        loads++;
        return loading.of(key);
      }
    };
  }

  @Override
  public Object read(Read read) {
    return read instanceof Read.ById one
        ? single.get(one, loadOne)
        : lists.get((Read.Listing) read, loadList);
  }

  @Override
  public void write(Write write) {
    write.to(tasks);
  }

  /** How many reads the repository had to answer. */
  long loads() {
    return loads;
  }

  CacheStats stats() {
    return cache.stats();
  }

  List<TierStats> tierStats() {
    return cache.tierStats();
  }

  /** The repository, to see what the answer should be. */
  TaskRepository tasks() {
    return tasks;
  }

  /** A copy of the database as it is now. */
  void copyTo(Location location) {
    tasks.backup(location.tasks());
  }

  /** Waits until the tiers below memory have what they are to get. */
  void flush() throws InterruptedException {
    if (!cache.flush(PATIENCE)) {
      throw new IllegalStateException("the tiers did not get everything within " + PATIENCE);
    }
  }

  @Override
  public void close() {
    cache.close();
    tasks.close();
  }
}
