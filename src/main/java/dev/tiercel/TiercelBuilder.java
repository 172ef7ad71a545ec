package dev.tiercel;

import dev.tiercel.cache.CachePolicy;
import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.SmileCodec;
import dev.tiercel.cache.SqliteLedger;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TieredCacheBuilder;
import dev.tiercel.query.CacheWarmer;
import dev.tiercel.query.CacheWarmerBuilder;
import dev.tiercel.query.CachedTaskRepository;
import dev.tiercel.query.TaskCodec;
import dev.tiercel.query.TaskTags;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.sqlite.SqliteDatabaseBuilder;
import dev.tiercel.store.SqliteTaskRepository;
import dev.tiercel.task.ObservedTaskRepository;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskRepositoryException;
import dev.tiercel.tier.CacheTierException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Describes a stack before it is opened. A value out of its range is refused where it is set. Used
 * by one thread.
 */
public final class TiercelBuilder {
  /** How many bytes the cache keeps in memory unless it is told another number. */
  public static final long DEFAULT_MEMORY = 64L << 20;

  /** What a stack is called in meters unless it is told another name. */
  public static final String DEFAULT_NAME = "tiercel";

  private final Path file;
  private String name = DEFAULT_NAME;
  private final SqliteDatabaseBuilder database;
  private final TieredCacheBuilder cache =
      TieredCache.builder().memory(DEFAULT_MEMORY).codec(TaskCodec.of(SmileCodec.create()));
  private CachePolicy policy = CachePolicy.DEFAULT;
  private final List<Warm> warm = new ArrayList<>();
  private boolean uncached;
  private boolean migrateLegacy;
  private InstantSource clock = InstantSource.system();

  private record Warm(String name, Duration every, Function<? super TaskRepository, ?> call) {}

  TiercelBuilder(Path file) {
    this.file = file;
    database = SqliteDatabase.builder(file);
  }

  /**
   * Sets what the stack is called in meters, so that several in one registry are told apart: the
   * value of their tags {@code cache}, {@code repository} and {@code manager}, and the beginning of
   * {@code pool} and {@code name}.
   *
   * @param text letters, digits, dots, hyphens and underscores, from 1 to 100; the default is
   *     {@value #DEFAULT_NAME}
   * @return this builder
   * @throws IllegalArgumentException if there is something else in it
   */
  public TiercelBuilder name(String text) {
    database.name(text);
    name = text;
    return this;
  }

  /**
   * Sets how many connections read; as many reads run at once.
   *
   * @param count from 1 to 256; the default is the number of processors, at least 2
   * @return this builder
   * @throws IllegalArgumentException if the count is out of that range
   */
  public TiercelBuilder readers(int count) {
    database.readers(count);
    return this;
  }

  /**
   * Sets what a commit survives.
   *
   * @param level the level; the default is {@link Durability#FULL}
   * @return this builder
   */
  public TiercelBuilder durability(Durability level) {
    database.durability(level);
    return this;
  }

  /**
   * Sets how long a call waits for a connection, its turn or another process's lock.
   *
   * @param timeout from 250 milliseconds to one hour; the default is 10 seconds
   * @return this builder
   * @throws IllegalArgumentException if the time is out of that range
   */
  public TiercelBuilder busyTimeout(Duration timeout) {
    database.busyTimeout(timeout);
    return this;
  }

  /**
   * Sets the page cache of each connection.
   *
   * @param bytes from 64 KiB to 64 GiB; the default is 16 MiB
   * @return this builder
   * @throws IllegalArgumentException if the size is out of that range
   */
  public TiercelBuilder pageCache(long bytes) {
    database.cacheBytes(bytes);
    return this;
  }

  /**
   * Sets how much of the file is read through a memory map; see {@link
   * SqliteDatabaseBuilder#mmapBytes} for the risk.
   *
   * @param bytes from 0 to 1 TiB; the default is 0, none
   * @return this builder
   * @throws IllegalArgumentException if the size is out of that range
   */
  public TiercelBuilder memoryMap(long bytes) {
    database.mmapBytes(bytes);
    return this;
  }

  /**
   * Sets the size beyond which the write-ahead log is emptied as soon as no reader needs it any
   * more; a reader that never ends lets it grow.
   *
   * @param bytes from 1 MiB to 64 GiB; the default is 64 MiB
   * @return this builder
   * @throws IllegalArgumentException if the size is out of that range
   */
  public TiercelBuilder writeAheadLog(long bytes) {
    database.walBytes(bytes);
    return this;
  }

  /**
   * Sets whether a new database gets its tables, and an older one the newest schema, at open.
   *
   * @param automatic false for people who run the scripts under {@code META-INF/tiercel/migrations}
   *     themselves; the default is true
   * @return this builder
   */
  public TiercelBuilder autoMigrate(boolean automatic) {
    database.autoMigrate(automatic);
    return this;
  }

  /**
   * Sets whether a database in the legacy shape is converted in place, after a backup file beside
   * it.
   *
   * @param convert true to convert; the default, false, refuses such a database
   * @return this builder
   */
  public TiercelBuilder migrateLegacy(boolean convert) {
    migrateLegacy = convert;
    return this;
  }

  /**
   * Sets what tells the time of writes, and which leases ran out.
   *
   * @param source the clock; the default is the system's
   * @return this builder
   */
  public TiercelBuilder clock(InstantSource source) {
    clock = Objects.requireNonNull(source, "source must not be null");
    return this;
  }

  /**
   * Sets how much the cache keeps in memory: answers, keys and what it needs itself, as they are
   * estimated from a sample.
   *
   * @param bytes at least 1; the default is {@value #DEFAULT_MEMORY}, 64 MiB
   * @return this builder
   * @throws IllegalArgumentException if there are less
   */
  public TiercelBuilder memory(long bytes) {
    cache.memory(bytes);
    return this;
  }

  /**
   * Adds a tier below memory, in a SQLite database of its own. It survives a restart. With a file
   * tier too, it keeps what is not above 4,000 bytes, encoded.
   *
   * @param file the file, such as {@code cache.db}; never the database of the tasks. Its folder
   *     must exist
   * @param maxBytes the bound of its size on the disk
   * @return this builder
   * @throws IllegalArgumentException if the bound is out of range, see {@link
   *     TieredCacheBuilder#sqliteTier}
   */
  public TiercelBuilder sqliteTier(Path file, long maxBytes) {
    cache.sqliteTier(file, maxBytes);
    return this;
  }

  /**
   * Adds a tier below memory, in files. It survives a restart. With a SQLite tier too, it keeps
   * what is above 4,000 bytes, encoded.
   *
   * @param folder the folder
   * @param maxBytes the bound of their size on the disk
   * @return this builder
   * @throws IllegalArgumentException if the bound is out of range, see {@link
   *     TieredCacheBuilder#fileTier}
   */
  public TiercelBuilder fileTier(Path folder, long maxBytes) {
    cache.fileTier(folder, maxBytes);
    return this;
  }

  /**
   * Sets how long an answer is served. None needs that to be right: a write ends it at once.
   *
   * @param time from 1 ms to 24 days, or zero, the default, for as long as it is right
   * @return this builder
   * @throws IllegalArgumentException if the time is out of that range
   */
  public TiercelBuilder ttl(Duration time) {
    policy = policy.ttl(time);
    return this;
  }

  /**
   * Sets how much of the {@link #ttl} is taken off at random, so that what was loaded together does
   * not expire together.
   *
   * @param share from 0, the default, to 1
   * @return this builder
   * @throws IllegalArgumentException if the share is out of that range
   */
  public TiercelBuilder jitter(double share) {
    policy = policy.jitter(share);
    return this;
  }

  /**
   * Sets for how long after its {@link #ttl} an answer is served when the database fails. A write
   * ends it all the same.
   *
   * @param time from 1 ms to 24 days, or zero, the default, for not at all
   * @return this builder
   * @throws IllegalArgumentException if the time is out of that range
   */
  public TiercelBuilder failSafe(Duration time) {
    policy = policy.failSafe(time);
    return this;
  }

  /**
   * Has a query made at the start and again and again, so that its answer is cached before somebody
   * waits for it. More can be said of it with a {@link CacheWarmer} of one's own.
   *
   * @param name what it is called in {@link CacheWarmer#outcomes}
   * @param every the time from one call to the next
   * @param call the query, such as {@code tasks -> tasks.findPending()}
   * @return this builder
   * @throws IllegalArgumentException if the name is blank or taken, or the time is not positive
   */
  public TiercelBuilder warm(
      String name, Duration every, Function<? super TaskRepository, ?> call) {
    Objects.requireNonNull(call, "call must not be null");
    CacheWarmerBuilder.check(name, every, warm.stream().map(Warm::name).toList());
    warm.add(new Warm(name, every, call));
    return this;
  }

  /**
   * Leaves the cache out, whatever else is said of it here: every read goes to the database, and
   * any number of processes may open it so.
   *
   * @return this builder
   */
  public TiercelBuilder uncached() {
    uncached = true;
    return this;
  }

  /**
   * Opens the stack.
   *
   * @return the open stack, to be closed by the caller
   * @throws TaskRepositoryException if it cannot be opened; nothing stays open. One reason is that
   *     another process, or another object in this one, has caches of the same database: close
   *     that, or open one of them {@link #uncached}
   * @throws IllegalArgumentException if jitter or fail-safe are set without a time to live
   * @throws CacheTierException if a tier below memory cannot be opened; nothing stays open
   */
  public Tiercel build() {
    if (uncached) {
      if (!warm.isEmpty()) {
        throw new IllegalStateException(
            "'"
                + warm.get(0).name()
                + "' is to be warmed, but there is no cache; leave uncached() out");
      }
      SqliteTaskRepository tasks = SqliteTaskRepository.open(database, migrateLegacy, clock);
      ObservedTaskRepository observed = ObservedTaskRepository.of(tasks);
      return new Tiercel(new Opened(name, observed, tasks, null, null), "of " + file);
    }
    cache.policy(policy);
    SqliteLedger ledger = Ledger.durable(row -> TaskTags.of(row.before(), row.after()));
    database.journal(ledger.journal());
    SqliteTaskRepository tasks = SqliteTaskRepository.open(database, migrateLegacy, clock);
    boolean done = false;
    try {
      ObservedTaskRepository observed = ObservedTaskRepository.of(tasks);
      CachedTaskRepository cached = CachedTaskRepository.of(observed, ledger, cache);
      try {
        Opened parts = new Opened(name, observed, tasks, cached, warmer(cached));
        Tiercel open = new Tiercel(parts, "of " + file);
        done = true;
        return open;
      } finally {
        if (!done) {
          cached.close();
        }
      }
    } finally {
      if (!done) {
        tasks.close();
      }
    }
  }

  private CacheWarmer warmer(CachedTaskRepository cached) {
    CacheWarmerBuilder builder = CacheWarmer.builder(cached.cache());
    warm.forEach(one -> builder.query(one.name(), one.every(), () -> one.call().apply(cached)));
    return builder.start();
  }
}
