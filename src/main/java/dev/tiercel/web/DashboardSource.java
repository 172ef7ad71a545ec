package dev.tiercel.web;

import dev.tiercel.cache.TieredCache;
import dev.tiercel.memory.MemoryProfiler;
import dev.tiercel.pool.ObjectPool;
import dev.tiercel.query.CacheWarmer;
import dev.tiercel.task.TaskRepository;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something whose figures a dashboard shows: a cache, a warmer, a repository, a pool, the process.
 * It is read once a second while a dashboard is open; if it throws, the page says that it is not
 * available, and the others go on. Immutable.
 */
public final class DashboardSource {
  final String kind;
  final String name;
  final DashboardReader.Opener opener;
  final @Nullable TieredCache cache;
  final @Nullable CacheWarmer warmer;

  DashboardSource(
      String kind,
      String name,
      @Nullable TieredCache cache,
      @Nullable CacheWarmer warmer,
      DashboardReader.Opener opener) {
    this.kind = kind;
    this.name = Objects.requireNonNull(name, "name must not be null");
    this.cache = cache;
    this.warmer = warmer;
    this.opener = opener;
    if (name.isBlank()) {
      throw new IllegalArgumentException("a source needs a name; it stands above its figures");
    }
  }

  /**
   * A cache: hit rates by tier, loads, what they would have cost, which keys are missed, what made
   * answers void.
   *
   * @param name what the page calls it
   * @param cache the cache, which stays the caller's to close
   * @return the source
   * @throws IllegalArgumentException if the name is blank
   */
  public static DashboardSource cache(String name, TieredCache cache) {
    Objects.requireNonNull(cache, "cache must not be null");
    return new DashboardSource(
        "cache", name, cache, null, (line, later) -> new DashboardCacheReader(cache, line));
  }

  /**
   * A warmer: how each of its queries is doing.
   *
   * @param name what the page calls it
   * @param warmer the warmer, which stays the caller's to close
   * @return the source
   * @throws IllegalArgumentException if the name is blank
   */
  public static DashboardSource warmer(String name, CacheWarmer warmer) {
    Objects.requireNonNull(warmer, "warmer must not be null");
    return new DashboardSource(
        "warmer", name, null, warmer, (line, later) -> new DashboardWarmerReader(warmer));
  }

  /**
   * A repository: how many tasks there are, by status. They are counted in the background, only
   * while somebody looks, and for a twentieth of the time at most.
   *
   * @param name what the page calls it
   * @param tasks the repository; the one below a cache, or looking counts as use of the cache
   * @return the source
   * @throws IllegalArgumentException if the name is blank
   */
  public static DashboardSource tasks(String name, TaskRepository tasks) {
    Objects.requireNonNull(tasks, "tasks must not be null");
    return new DashboardSource(
        "tasks",
        name,
        null,
        null,
        (line, later) -> new DashboardTasksReader(tasks, later, System::nanoTime));
  }

  /**
   * An object pool of ours: how much of it is in use, and who waits.
   *
   * @param pool the pool, which stays the caller's to close
   * @return the source
   */
  public static DashboardSource pool(ObjectPool<?> pool) {
    return pool(pool.name(), () -> DashboardPool.of(pool.stats()));
  }

  /**
   * A pool of anybody's.
   *
   * @param name what the page calls it
   * @param figures says how it is used, once a second; must not block
   * @return the source
   * @throws IllegalArgumentException if the name is blank
   */
  public static DashboardSource pool(String name, Supplier<DashboardPool> figures) {
    Objects.requireNonNull(figures, "figures must not be null");
    return new DashboardSource(
        "pool", name, null, null, (line, later) -> new DashboardPoolReader(figures, name));
  }

  /**
   * The process: memory, collections, processor.
   *
   * @param profiler what tells them, such as {@link MemoryProfiler#system()}
   * @return the source
   */
  public static DashboardSource memory(MemoryProfiler profiler) {
    Objects.requireNonNull(profiler, "profiler must not be null");
    return new DashboardSource(
        "memory", "process", null, null, (line, later) -> new DashboardMemoryReader(profiler));
  }
}
