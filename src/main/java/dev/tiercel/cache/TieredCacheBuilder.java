package dev.tiercel.cache;

import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.CacheTierException;
import dev.tiercel.tier.FileTier;
import dev.tiercel.tier.FileTierBuilder;
import dev.tiercel.tier.SqliteTier;
import dev.tiercel.tier.SqliteTierBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Describes a {@link TieredCache}. Not thread-safe. */
public final class TieredCacheBuilder {
  static final String NEEDS_TTL =
      "an in-memory ledger knows only what this process writes; set a ttl, or declare"
          + " onlyWriter() if nobody else does";

  private static final long DEFAULT_ENTRIES = 10_000;

  /** What is above it does not fit on a page of SQLite, and is cheaper to keep in files. */
  private static final long LARGE = 4_000;

  private @Nullable Ledger ledger;
  private MemorySize memory = new MemorySize(DEFAULT_ENTRIES, null);
  private CachePolicy policy = CachePolicy.DEFAULT;
  private boolean onlyWriter;
  private @Nullable Executor executor;
  private @Nullable InstantSource clock;
  private @Nullable SqliteTierBuilder sqlite;
  private @Nullable FileTierBuilder files;
  private final List<TierPlan> plans = new ArrayList<>();
  private @Nullable Codec codec;

  TieredCacheBuilder() {}

  /**
   * Where the writes are noted that make values void. Without it the cache has an in-memory ledger
   * of its own.
   *
   * @param ledger the ledger, which the cache does not close
   * @return this
   */
  public TieredCacheBuilder ledger(Ledger ledger) {
    this.ledger = Objects.requireNonNull(ledger, "ledger must not be null");
    return this;
  }

  /**
   * Bounds the memory tier by a number of entries; 10,000 unless it is set.
   *
   * @param max how many, at least 1
   * @return this
   * @throws IllegalArgumentException if it is less
   */
  public TieredCacheBuilder entries(long max) {
    this.memory = new MemorySize(positive("entries", max), null);
    return this;
  }

  /**
   * Bounds the memory tier by bytes: those of keys and values, as they are estimated from a sample,
   * and what the cache itself needs. Texts, numbers, arrays, collections and records are looked
   * into; for values of other classes give a weigher.
   *
   * @param bytes how many, at least 1
   * @return this
   * @throws IllegalArgumentException if it is less
   */
  public TieredCacheBuilder memory(long bytes) {
    return memory(bytes, new SizeEstimate());
  }

  /**
   * Bounds the memory tier by bytes that somebody knows better.
   *
   * @param bytes how many, at least 1
   * @param weigher the bytes of a value, not negative
   * @return this
   * @throws IllegalArgumentException if there are less
   */
  public TieredCacheBuilder memory(long bytes, ToIntFunction<Object> weigher) {
    Objects.requireNonNull(weigher, "weigher must not be null");
    this.memory = new MemorySize(positive("memory", bytes), weigher);
    return this;
  }

  private static long positive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
    }
    return value;
  }

  /**
   * How long values live and what happens when a load is slow or fails.
   *
   * @param policy the policy of all views that are not given their own
   * @return this
   * @throws IllegalArgumentException if one setting needs another
   */
  public TieredCacheBuilder policy(CachePolicy policy) {
    this.policy = Objects.requireNonNull(policy, "policy must not be null").requireConsistent();
    return this;
  }

  /**
   * Short for a policy with a time to live.
   *
   * @param ttl the time to live
   * @return this
   */
  public TieredCacheBuilder ttl(Duration ttl) {
    return policy(policy.ttl(ttl));
  }

  /**
   * Declares that nobody changes the data but through this cache's ledger, so values need no time
   * to live. Needed for an in-memory ledger without one.
   *
   * @return this
   */
  public TieredCacheBuilder onlyWriter() {
    this.onlyWriter = true;
    return this;
  }

  /**
   * Runs what is done in the background, such as refreshes and sweeps, and loads with a time-out.
   * Without it the cache has threads of its own, at most 32.
   *
   * @param executor the executor, which the cache does not stop; it runs what it takes, or rejects
   *     it, and then the caller loads itself
   * @return this
   */
  public TieredCacheBuilder executor(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "executor must not be null");
    return this;
  }

  /**
   * Tells the time, for tests that set it. Without it the system's monotonic clock does.
   *
   * @param clock the clock; a step backwards counts as none
   * @return this
   */
  public TieredCacheBuilder clock(InstantSource clock) {
    this.clock = Objects.requireNonNull(clock, "clock must not be null");
    return this;
  }

  /**
   * Adds a tier below memory, asked after those that were added before it. What is cached is
   * written to it in the background. With an in-memory ledger, whose stamps mean nothing after a
   * restart, the tier is emptied first.
   *
   * @param tier the tier, which the cache closes
   * @return this
   */
  public TieredCacheBuilder tier(CacheTier tier) {
    return tier(tier, 0, Long.MAX_VALUE);
  }

  /**
   * Adds a tier, as above, for values of some size.
   *
   * @param tier the tier, which the cache closes
   * @param leastBytes shorter values are not kept there, encoded and with some 100 bytes around
   *     them
   * @param mostBytes longer values are not kept there
   * @return this
   * @throws IllegalArgumentException if no value could be kept
   */
  public TieredCacheBuilder tier(CacheTier tier, long leastBytes, long mostBytes) {
    Objects.requireNonNull(tier, "tier must not be null");
    if (leastBytes > mostBytes) {
      throw new IllegalArgumentException(
          "leastBytes is %d and above mostBytes, %d".formatted(leastBytes, mostBytes));
    }
    plans.add(new TierPlan(tier, () -> tier, leastBytes, mostBytes));
    return this;
  }

  /**
   * Adds a tier in a SQLite database of its own. If there are files too, it keeps what is not above
   * 4,000 bytes.
   *
   * @param file the file, such as {@code cache.db}, opened by {@link #build}; never the database of
   *     the tasks
   * @param maxBytes the bound of its size on the disk
   * @return this
   * @throws IllegalArgumentException if the bound is out of range, see {@link
   *     SqliteTierBuilder#maxBytes}
   */
  public TieredCacheBuilder sqliteTier(Path file, long maxBytes) {
    this.sqlite = SqliteTier.builder(file).maxBytes(maxBytes);
    return this;
  }

  /**
   * Adds a tier in files. If there is a SQLite tier too, it keeps what is above 4,000 bytes.
   *
   * @param folder the folder, opened by {@link #build}
   * @param maxBytes the bound of their size on the disk
   * @return this
   * @throws IllegalArgumentException if the bound is out of range, see {@link
   *     FileTierBuilder#maxBytes}
   */
  public TieredCacheBuilder fileTier(Path folder, long maxBytes) {
    this.files = FileTier.builder(folder).maxBytes(maxBytes);
    return this;
  }

  /**
   * What encodes values for the tiers below memory; unless it is set, a {@link SmileCodec}.
   *
   * @param codec the codec
   * @return this
   */
  public TieredCacheBuilder codec(Codec codec) {
    this.codec = Objects.requireNonNull(codec, "codec must not be null");
    return this;
  }

  /**
   * Makes the cache. Whatever it throws, the tiers that were given are closed.
   *
   * @return the cache, to be closed by the caller
   * @throws IllegalStateException if values would live for ever although others may write, or if
   *     two tiers have one name
   * @throws CacheTierException if a tier cannot be opened
   */
  public TieredCache build() {
    try {
      if (needsTtl() && policy.ttl().isZero()) {
        throw new IllegalStateException(NEEDS_TTL);
      }
      return new TieredCache(this);
    } catch (Throwable e) {
      plans.forEach(plan -> plan.giveUp(e));
      throw e;
    }
  }

  /** The given ledger, or a new one. */
  Ledger ledger() {
    return ledger == null ? Ledger.inMemory() : ledger;
  }

  boolean needsTtl() {
    return !onlyWriter && !(ledger instanceof SqliteLedger);
  }

  /** The tiers below memory, if there are any. */
  @Nullable LowerTiers lower(Ledger ledger, MemoryTier memory, CoarseClock clock, Sweeps sweeps) {
    List<TierPlan> all = new ArrayList<>();
    SqliteTierBuilder database = sqlite;
    FileTierBuilder folder = files;
    if (database != null) {
      all.add(new TierPlan(null, database::open, 0, folder == null ? Long.MAX_VALUE : LARGE));
    }
    if (folder != null) {
      all.add(new TierPlan(null, folder::open, database == null ? 0 : LARGE + 1, Long.MAX_VALUE));
    }
    all.addAll(plans);
    Codec chosen = codec == null ? SmileCodec.create() : codec;
    return all.isEmpty() ? null : LowerTiers.open(all, chosen, ledger, memory, clock, sweeps);
  }

  MemorySize memory() {
    return memory;
  }

  CachePolicy policy() {
    return policy;
  }

  CacheExecutor executor() {
    return new CacheExecutor(executor);
  }

  CoarseClock clock() {
    return clock == null ? CoarseClock.system() : CoarseClock.of(clock);
  }
}
