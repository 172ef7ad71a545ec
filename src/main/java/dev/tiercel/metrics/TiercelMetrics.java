package dev.tiercel.metrics;

import dev.tiercel.async.AsyncCalls;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.memory.MemoryProfiler;
import dev.tiercel.pool.ObjectPool;
import dev.tiercel.query.CacheWarmer;
import dev.tiercel.resource.ExecutorStats;
import dev.tiercel.resource.ResourceManager;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.task.ObservedTaskRepository;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Figures of Tiercel's parts as meters of Micrometer. Nothing is bound unless it is asked for, and
 * everything is taken out of the registries when it is closed. {@code docs/metrics.md} lists the
 * meters.
 *
 * <pre>{@code
 * tiercel.metrics().bindTo(registry);                     // a whole stack, until it is closed
 * TiercelMetrics.of(cache, "boards").bindTo(registry);    // a part that is used alone
 * }</pre>
 *
 * <p>What is bound is kept alive by the registry until this is closed. A hit in memory touches no
 * meter: meters read what the parts count anyway, and only what goes below memory is timed. Each
 * object of this class is a {@code MeterBinder}; the class itself does not say so, because it can
 * be loaded where Micrometer is missing.
 *
 * <p>Safe for use by any number of threads. No argument may be null.
 */
public abstract sealed class TiercelMetrics implements AutoCloseable permits MeterBindings {
  TiercelMetrics() {}

  /**
   * The figures of a cache, its tiers and its threads.
   *
   * @param cache the cache
   * @param name the value of the tag {@code cache}
   * @return its metrics, not yet bound
   */
  public static TiercelMetrics of(TieredCache cache, String name) {
    Objects.requireNonNull(cache, "cache must not be null");
    Objects.requireNonNull(name, "name must not be null");
    return new MeterBindings(List.of(new CacheMeters(cache, name), new TierMeters(cache, name)));
  }

  /**
   * The figures of the queries of a warmer, and of its threads.
   *
   * @param warmer the warmer
   * @param name the value of the tag {@code cache}
   * @return its metrics, not yet bound
   */
  public static TiercelMetrics of(CacheWarmer warmer, String name) {
    Objects.requireNonNull(warmer, "warmer must not be null");
    Objects.requireNonNull(name, "name must not be null");
    return new MeterBindings(List.of(new WarmerMeters(warmer, name)));
  }

  /**
   * The times of the calls that reach a repository.
   *
   * @param tasks the repository, below the cache if there is one
   * @param name the value of the tag {@code repository}
   * @return its metrics, not yet bound
   */
  public static TiercelMetrics of(ObservedTaskRepository tasks, String name) {
    Objects.requireNonNull(tasks, "tasks must not be null");
    Objects.requireNonNull(name, "name must not be null");
    return new MeterBindings(List.of(new TaskMeters(tasks, name)));
  }

  /**
   * What HikariCP meters of the pools of a database, and the resources that belong to it. Its
   * {@linkplain SqliteDatabase#name() name} tells it apart.
   *
   * @param database the database
   * @return its metrics, not yet bound
   */
  public static TiercelMetrics of(SqliteDatabase database) {
    Objects.requireNonNull(database, "database must not be null");
    return new MeterBindings(List.of(new DatabaseMeters(database)));
  }

  /**
   * The figures of an object pool. As long as they are bound it is not told as leaked.
   *
   * @param pool the pool; its name tells it apart
   * @return its metrics, not yet bound
   */
  public static TiercelMetrics of(ObjectPool<?> pool) {
    Objects.requireNonNull(pool, "pool must not be null");
    return new MeterBindings(List.of(new PoolMeters(pool)));
  }

  /**
   * The figures of asynchronous calls.
   *
   * @param calls the calls, be it those of an {@code AsyncTaskRepository}
   * @param name the value of the tag {@code calls}
   * @return its metrics, not yet bound
   */
  public static TiercelMetrics of(AsyncCalls calls, String name) {
    Objects.requireNonNull(calls, "calls must not be null");
    Objects.requireNonNull(name, "name must not be null");
    return new MeterBindings(List.of(new AsyncMeters(calls, name)));
  }

  /**
   * The memory of the process, and whether it leaks. A registry has these meters once: those who
   * bind them after the first share them, and with them the first one's profiler. The leak watch
   * gets a sample each time that its verdict is read.
   *
   * @param memory the profiler
   * @return its metrics, not yet bound
   */
  public static TiercelMetrics of(MemoryProfiler memory) {
    Objects.requireNonNull(memory, "memory must not be null");
    return new MeterBindings(List.of(new MemoryMeters(memory)));
  }

  /**
   * The figures of a resource manager. As long as they are bound it is not told as leaked.
   *
   * @param resources the manager; its name tells it apart
   * @return its metrics, not yet bound
   */
  public static TiercelMetrics of(ResourceManager resources) {
    Objects.requireNonNull(resources, "resources must not be null");
    return new MeterBindings(
        List.of(new ResourceMeters(resources.stats().name(), resources::stats)));
  }

  /**
   * The figures of an executor.
   *
   * @param executor the executor
   * @param name the value of the tag {@code name}
   * @return its metrics, not yet bound
   */
  public static TiercelMetrics of(ThreadPoolExecutor executor, String name) {
    Objects.requireNonNull(executor, "executor must not be null");
    Objects.requireNonNull(name, "name must not be null");
    return new MeterBindings(List.of(new ExecutorMeters(name, () -> ExecutorStats.of(executor))));
  }

  /**
   * Several as one.
   *
   * @param parts the metrics; those that are bound stay so on their own
   * @return the metrics of all of them, not yet bound
   */
  public static TiercelMetrics all(List<TiercelMetrics> parts) {
    List<MeterSource> sources = new ArrayList<>();
    parts.forEach(part -> sources.addAll(part.sources()));
    return new MeterBindings(sources);
  }

  abstract List<MeterSource> sources();

  /**
   * Puts the meters into a registry; nothing happens if they are there already. Any number of
   * registries may have them. Bind a composite registry or the registries in it, not both: what is
   * timed would count twice.
   *
   * @param registry the registry
   * @throws IllegalStateException if these metrics are closed, be it by whoever hears of a meter
   *     while they are bound, or a meter of the same name and tags, as the registry's filters have
   *     it, is there already, such as that of another stack: then give each a name of its own. None
   *     of the meters is there then
   * @throws RuntimeException whatever the registry throws; none of the meters is left there, unless
   *     it refuses to remove them too
   */
  public abstract void bindTo(MeterRegistry registry);

  /** Takes the meters out of all registries, for good. Closing again does nothing. */
  @Override
  public abstract void close();
}
