package dev.tiercel;

import dev.tiercel.cache.Explanation;
import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.metrics.TiercelMetrics;
import dev.tiercel.query.CacheWarmer;
import dev.tiercel.query.CachedTaskRepository;
import dev.tiercel.resource.LeakWatch;
import dev.tiercel.resource.ResourceManager;
import dev.tiercel.store.SqliteTaskRepository;
import dev.tiercel.task.InMemoryTaskRepository;
import dev.tiercel.task.ObservedTaskRepository;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskRepositoryException;
import dev.tiercel.web.DashboardBuilder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The whole stack behind one door: opens it, hands out its parts, closes it.
 *
 * <p>Safe for use by any number of threads. One object per database and process is enough, and
 * cheapest; it is kept open as long as the application runs. One process at a time has the cache of
 * a database; any number may open it {@link TiercelBuilder#uncached uncached} beside it.
 *
 * <p>Beside a database {@code tasks.db} lie {@code tasks.db-wal} and {@code tasks.db-shm}, which
 * belong to it, and {@code tasks.db-owner}, the lock of the process that has the cache. In the
 * database is a table {@code tiercel_log}, where each commit notes what it changed: one row, about
 * 100 bytes for a write of one task; the newest 100,000 rows are kept. The cache is in memory,
 * {@link TiercelBuilder#DEFAULT_MEMORY 64 MiB} at most, unless {@linkplain
 * TiercelBuilder#sqliteTier tiers} are given places on the disk, each with its bound. The
 * database's files get the permissions of the process's umask, those of the tiers are for their
 * owner only. More stands in {@code docs/operations.md}.
 *
 * <p>An object that becomes garbage without having been closed is logged as a warning with the
 * place that opened it; what it opened stays open. That is so too if its parts are still in use: it
 * is kept, and not its {@link #tasks()} alone.
 *
 * <pre>{@code
 * try (Tiercel tiercel = Tiercel.open(Path.of("tasks.db"))) {
 *   Task report = tiercel.tasks().save(Task.titled("Write the report").assignedTo("agent-7"));
 * }
 * }</pre>
 */
public final class Tiercel implements AutoCloseable {
  private final Opened parts;
  private final ResourceManager dashboards = ResourceManager.named("dashboards");
  private final LeakWatch leak; // Nothing below may reach this object, or it is never told.

  // Guarded by: parts
  private @Nullable TiercelMetrics metrics;
  private boolean closed;

  Tiercel(Opened parts, String what) {
    this.parts = parts;
    this.leak = LeakWatch.of(this, "Tiercel " + what);
  }

  /**
   * Opens a database with the defaults.
   *
   * @param file the database file; created if it does not exist, its folder must
   * @return the open stack, to be closed by the caller
   * @throws TaskRepositoryException if it cannot be opened; nothing stays open
   */
  public static Tiercel open(Path file) {
    return builder(file).build();
  }

  /**
   * Starts the description of a stack.
   *
   * @param file the database file; created if it does not exist, its folder must
   * @return a builder with the defaults set
   */
  public static TiercelBuilder builder(Path file) {
    return new TiercelBuilder(file);
  }

  /**
   * A stack without a database, for tests of what is built on one: the same rules, the cache
   * included, and nothing on the disk. In meters it is called {@value TiercelBuilder#DEFAULT_NAME};
   * several of them need a registry each.
   *
   * @return the open stack, to be closed by the caller
   */
  public static Tiercel inMemory() {
    return inMemory(InstantSource.system());
  }

  /**
   * A stack without a database whose time a test sets.
   *
   * @param clock tells the time of writes, and which leases ran out
   * @return the open stack, to be closed by the caller
   */
  public static Tiercel inMemory(InstantSource clock) {
    ObservedTaskRepository tasks = ObservedTaskRepository.of(new InMemoryTaskRepository(clock));
    CachedTaskRepository cached =
        CachedTaskRepository.of(
            tasks,
            Ledger.inMemory(),
            TieredCache.builder().memory(TiercelBuilder.DEFAULT_MEMORY).onlyWriter());
    CacheWarmer warmer = CacheWarmer.builder(cached.cache()).start();
    return new Tiercel(
        new Opened(TiercelBuilder.DEFAULT_NAME, tasks, null, cached, warmer), "in memory");
  }

  /**
   * The repository, with the cache in front of it unless it was left out.
   *
   * @return always the same object
   */
  public TaskRepository tasks() {
    return parts.tasks();
  }

  /**
   * The cache in front of the repository, for other values too. Give what depends on tasks their
   * {@link dev.tiercel.query.TaskTags}, or read them in the loader.
   *
   * @return always the same object, closed with this one
   * @throws IllegalStateException if this stack was opened {@link TiercelBuilder#uncached uncached}
   */
  public TieredCache cache() {
    return requireCached().cache();
  }

  /**
   * What warms the cache, see {@link TiercelBuilder#warm}.
   *
   * @return always the same object, closed with this one
   * @throws IllegalStateException if this stack was opened {@link TiercelBuilder#uncached uncached}
   */
  public CacheWarmer warmer() {
    requireCached();
    return Objects.requireNonNull(parts.warmer());
  }

  /**
   * What is known about an answer in the cache: where it is, why it was missed, and which write
   * made it void.
   *
   * @param key the text of its key, or the beginning up to a colon: {@code tasks:agent:agent-7}, or
   *     {@code task:} and an id, as {@link dev.tiercel.cache.CacheKey#join} writes them
   * @return what is known, or empty if nothing is
   * @throws IllegalStateException if this stack was opened {@link TiercelBuilder#uncached uncached}
   */
  public Optional<Explanation> explain(String key) {
    return cache().explain(key);
  }

  /**
   * What is known about the answer to a call, which is not carried out.
   *
   * @param call one read of the repository that it is given, such as {@code tasks ->
   *     tasks.find(query)}
   * @return what is known, or empty if nothing is
   * @throws IllegalArgumentException if the call reads nothing, or begins with a write
   * @throws IllegalStateException if this stack was opened {@link TiercelBuilder#uncached uncached}
   */
  public Optional<Explanation> explain(Function<? super TaskRepository, ?> call) {
    return requireCached().explain(call);
  }

  private CachedTaskRepository requireCached() {
    CachedTaskRepository cached = parts.cached();
    if (cached == null) {
      throw new IllegalStateException(
          "this was opened uncached; leave uncached() out to have a cache");
    }
    return cached;
  }

  /**
   * Writes a consistent, compact copy of the database while readers and writers go on. To restore
   * it, close Tiercel, put the copy in place of the database file, and delete the files of the same
   * name that end in {@code -wal} and {@code -shm}.
   *
   * @param target the file to make; must not exist
   * @throws TaskRepositoryException if the copy cannot be made, or this thread is interrupted; the
   *     target does not exist then, unless deleting it failed too
   * @throws UnsupportedOperationException if there is no database, only memory
   */
  public void backup(Path target) {
    SqliteTaskRepository stored = parts.stored();
    if (stored == null) {
      throw new UnsupportedOperationException("what is in memory has no database to copy");
    }
    stored.backup(target);
  }

  /**
   * Its figures as meters of Micrometer: {@code tiercel.metrics().bindTo(registry)}. Until they are
   * bound nothing is timed, and when this is closed they are taken out of the registry. Several
   * stacks in one registry are told apart by their {@link TiercelBuilder#name names}.
   *
   * @return always the same object, closed with this one
   * @throws IllegalStateException if Micrometer is not on the class path or module path
   */
  public TiercelMetrics metrics() {
    synchronized (parts) {
      TiercelMetrics known = metrics;
      if (known == null) {
        try {
          known = parts.metrics();
        } catch (NoClassDefFoundError e) {
          if (!String.valueOf(e.getMessage()).contains("io/micrometer")) {
            throw e;
          }
          throw new IllegalStateException(
              "metrics need io.micrometer:micrometer-core, 1.14 or newer, on the class path or module path",
              e);
        }
        metrics = known;
        if (closed) {
          known.close();
        }
      }
      return known;
    }
  }

  /**
   * A live page of what the stack does, still to be opened: {@code tiercel.dashboard().start()} has
   * it at a port of its own for this machine only, {@code tiercel.dashboard().handler()} puts it
   * into a server of yours. Until then nothing is read. Pools of yours can be added, and this
   * closes what was opened.
   *
   * @return a new builder, which shows the cache, the tasks, the warmer, the connections and the
   *     process
   */
  public DashboardBuilder dashboard() {
    ResourceManager opened = dashboards; // Not this: a dashboard must not keep it alive.
    return parts
        .dashboard()
        .keptBy(dashboard -> opened.onClose("dashboard", dashboard::close)::detach);
  }

  private void closeMetrics() {
    TiercelMetrics known;
    synchronized (parts) {
      closed = true;
      known = metrics;
    }
    if (known != null) {
      known.close(); // It calls registries, which may call back.
    }
  }

  /**
   * Closes everything in order: dashboards that are open; the meters are taken out of their
   * registries; the warmer; the cache; then the writes under way are committed, those queued behind
   * them are refused, reads under way are awaited for the busy timeout. Closing again does nothing.
   *
   * @throws IllegalStateException if called inside {@link TaskRepository#inTransaction}; everything
   *     stays open
   */
  @Override
  public void close() {
    SqliteTaskRepository below = parts.stored();
    if (below != null && below.isInsideTransaction()) {
      below.close(); // Refuses.
    }
    leak.close();
    dashboards.close();
    closeMetrics();
    parts.close();
  }
}
