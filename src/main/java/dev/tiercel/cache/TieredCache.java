package dev.tiercel.cache;

import dev.tiercel.resource.ExecutorStats;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cache that is never stale: a value is served only while nothing that it depends on was written
 * since before it was loaded. When an invalidation has returned, no reader gets what was there
 * before. And no two readers see the new and then the old, if the write was announced ({@link
 * Ledger#begin}) or passes a durable ledger.
 *
 * <p>On a durable ledger an invalidation is a commit: it throws {@link IllegalStateException} if
 * the ledger is not open or this thread is inside a transaction of its database, and a {@code
 * SqliteException} if the commit fails. Inside such a transaction, reads see what is cached, and
 * what is not is loaded and not cached, because it may never be committed.
 *
 * <p>It is read through {@link #typed typed views}. Thread-safe.
 */
public final class TieredCache implements AutoCloseable {
  private final Ledger ledger;
  private final MemoryTier memory;
  private final CoarseClock clock;
  private final CacheExecutor executor;
  private final CachePolicy policy;
  private final Counters counters = new Counters();
  private final Loads loads;
  private final Reads reads;
  private final Explainer explainer;
  private final Types types = new Types();
  private final Sweeps sweeps;
  private final @Nullable LowerTiers lower;
  private final Fills fills;
  private final Invalidations invalidations;
  private final boolean needsTtl;
  private volatile boolean closed; // Written under the lock of this.
  private volatile boolean bypassed; // Written under the lock of this.

  TieredCache(TieredCacheBuilder built) {
    this.ledger = built.ledger();
    this.clock = built.clock();
    this.executor = built.executor();
    this.policy = built.policy();
    this.memory =
        new MemoryTier(
            built.memory(), executor.given(), entry -> counters.evictedForRoom.increment());
    this.needsTtl = built.needsTtl();
    this.loads = new Loads(this, counters, clock, executor);
    this.reads = new Reads(this, loads, counters);
    this.sweeps = new Sweeps(ledger, executor);
    sweeps.add(
        memory.sweptTo(),
        (upTo, counted) -> memory.sweep(ledger, upTo, counted, counters.evictedInvalidated));
    // After the registration: bans from here on wait for this cache, and older stamps are refused.
    memory.sweptTo().accumulateAndGet(ledger.seq(), Math::max);
    this.lower = lower(built);
    this.explainer = new Explainer(ledger.versions, memory, lower, clock);
    this.fills = new Fills(this, memory, lower, counters);
    this.invalidations = new Invalidations(this, memory, counters, sweeps);
    if (lower != null && ledger.versions.bans().length > 0) {
      sweeps.soon(ledger.seq()); // What was left undone when the tiers were closed.
    }
  }

  private @Nullable LowerTiers lower(TieredCacheBuilder built) {
    boolean done = false;
    try {
      LowerTiers opened = built.lower(ledger, memory, clock, sweeps);
      done = true;
      return opened;
    } finally {
      if (!done) {
        sweeps.close();
        executor.close();
        clock.close();
      }
    }
  }

  /**
   * Describes a cache.
   *
   * @return a builder
   */
  public static TieredCacheBuilder builder() {
    return new TieredCacheBuilder();
  }

  /**
   * A view for values of one class, with the cache's policy. If the type is known to be mutable, it
   * answers nothing until it is told how to {@link TypedCache#copyOnRead copy} values.
   *
   * @param type the class
   * @param <V> the type
   * @return the view
   */
  public <V> TypedCache<V> typed(Class<V> type) {
    return typed(TypeRef.of(type));
  }

  /**
   * A view for values of one type, with the cache's policy. Keep one key for one type. If the type
   * is known to be mutable, the view answers nothing until it is told how to {@link
   * TypedCache#copyOnRead copy} values.
   *
   * @param type the type
   * @param <V> the type
   * @return the view
   */
  public <V> TypedCache<V> typed(TypeRef<V> type) {
    Objects.requireNonNull(type, "type must not be null");
    TypedCache<V> view = new TypedCache<>(this, types.intern(type), policy, null, Levels.ALL);
    if (lower != null) {
      lower.hot().promote(view, fills, executor);
    }
    return view;
  }

  /**
   * Marks the present moment, to be drawn before a value is computed that is {@link TypedCache#put
   * put} later.
   *
   * @return the stamp
   */
  public Stamp stamp() {
    return new Stamp(ledger, clock.millis());
  }

  /**
   * Voids every value that carries one of the tags, in every tier.
   *
   * @param tags the tags
   * @return the invalidation; nothing needs to be swept
   */
  public Invalidation invalidate(Tags tags) {
    return invalidations.tags(Objects.requireNonNull(tags, "tags must not be null"));
  }

  /**
   * Voids the value of one key, also one whose load is under way.
   *
   * @param key the key
   * @return the invalidation
   */
  public Invalidation invalidateKey(Object key) {
    return invalidations.key(Keys.check(key));
  }

  /**
   * Voids every value whose key begins with a text. When the text ends in a colon and has at most
   * five segments, that takes the same short time whatever is cached.
   *
   * @param prefix the text, exactly; no character in it is a wildcard
   * @return the invalidation
   */
  public Invalidation invalidatePrefix(String prefix) {
    return invalidations.prefix(prefix);
  }

  /**
   * Voids every value whose key matches a pattern. It is in force when this returns; what it hits
   * is removed in the background.
   *
   * @param pattern as in SQLite's GLOB: {@code *}, {@code ?} and {@code [...]}
   * @return the invalidation
   */
  public Invalidation invalidatePattern(String pattern) {
    return invalidations.pattern(pattern);
  }

  /**
   * Voids everything.
   *
   * @return the invalidation
   */
  public Invalidation invalidateAll() {
    return invalidations.everything();
  }

  /**
   * Voids every value whose key matches a pattern, and removes it before it returns; except while a
   * write to it is under way, when it is void and goes later.
   *
   * @param pattern as in SQLite's GLOB
   * @return how many values with such a key were removed, each counted in every tier that had it
   */
  public long evictNow(String pattern) {
    return invalidations.evictNow(pattern);
  }

  /**
   * Switches the cache off or on: while it is off, every read goes to its loader and nothing is
   * filled. What it holds stays and is served again afterwards, as far as it is current. A closed
   * cache stays off.
   *
   * @param off whether it is off
   */
  public synchronized void bypass(boolean off) {
    bypassed = off || closed;
  }

  /**
   * Whether it may hold what it does not find: it is off or closed, or a tier is left out.
   *
   * @return whether that is so now
   */
  public boolean isPartlyOff() {
    return bypassed || (lower != null && lower.isPartlyOff());
  }

  /**
   * What the cache did so far.
   *
   * @return a snapshot
   */
  public CacheStats stats() {
    return counters.snapshot(memory);
  }

  /**
   * What its threads do: they load in the background, sweep and refresh.
   *
   * @return a snapshot, or empty if it was {@linkplain TieredCacheBuilder#executor given} an
   *     executor
   */
  public Optional<ExecutorStats> executorStats() {
    return executor.stats();
  }

  /**
   * What the tiers below memory did so far.
   *
   * @return a snapshot of each, in the order in which they are asked
   */
  public List<TierStats> tierStats() {
    return lower == null ? List.of() : lower.stats();
  }

  /**
   * Watches the misses from now on: how long their loads take, and which keys they are of.
   *
   * @return the watch, to be closed by the caller
   */
  public CacheWatch watch() {
    return counters.watches.open(clock);
  }

  /**
   * What one tier below memory did so far; the others are not asked.
   *
   * @param level which one, from 0, in the order in which they are asked
   * @return a snapshot
   * @throws IndexOutOfBoundsException if there are not that many tiers
   */
  public TierStats tierStats(int level) {
    return lower == null ? tierStats().get(level) : lower.stats(level);
  }

  /**
   * What is known about a key: for people who wonder.
   *
   * @param key the key, its text, or the beginning of its text up to a colon
   * @return where it is and why it was missed, or empty if nothing is known
   */
  public Optional<Explanation> explain(Object key) {
    return explainer.explain(Keys.check(key));
  }

  /**
   * Waits until all that is cached so far is in the tiers below memory, as far as they take it.
   *
   * @param limit how long to wait at most
   * @return false if it took longer
   * @throws InterruptedException if this thread is interrupted
   */
  public boolean flush(Duration limit) throws InterruptedException {
    return lower == null || lower.flush(limit.toMillis());
  }

  /** Ends the cache; reads go to their loaders from then on. The ledger stays open. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      bypassed = true;
    }
    if (lower != null) {
      lower.hot().saveLast();
      lower.retire();
    }
    // A reader may be about to serve what a ban has hit, and from here on no ban waits for it.
    memory.sweptTo().set(Long.MAX_VALUE);
    sweeps.close();
    executor.close();
    clock.close();
    memory.clear();
    if (lower != null) {
      lower.close();
    }
  }

  // For the views.

  Ledger ledger() {
    return ledger;
  }

  Loads loads() {
    return loads;
  }

  Reads reads() {
    return reads;
  }

  /** Refuses a policy that makes no sense, or none for this cache. */
  CachePolicy allowed(CachePolicy policy) {
    if (needsTtl && policy.ttl().isZero()) {
      throw new IllegalArgumentException(TieredCacheBuilder.NEEDS_TTL);
    }
    return policy.requireConsistent();
  }

  long now() {
    return clock.millis();
  }

  boolean isBypassed() {
    return bypassed;
  }

  boolean isClosed() {
    return closed;
  }

  @Nullable Entry cached(Object key) {
    return memory.get(key);
  }

  /** Whether an entry is as good as a new one; if so, its stamp moves on. */
  boolean isCurrent(Object key, Entry entry) {
    if (ledger.versions.isUntouched(entry.stamp())) {
      return !entry.isSpoiled();
    }
    long verdict = validate(key, entry);
    if (verdict >= 0) {
      entry.revalidated(verdict);
    }
    return verdict >= 0 && !entry.isSpoiled();
  }

  /** {@link Versions#validate} for an entry of the memory tier. */
  long validate(Object key, Entry entry) {
    return ledger.versions.validate(entry.stamp(), entry.tags, key, memory.sweptTo());
  }

  /** Whether a write to something that carries the tags is under way. */
  boolean isPending(Object key, TagSet tags) {
    return ledger.versions.validate(ledger.seq(), tags, key, memory.sweptTo()) == Versions.PENDING;
  }

  /** Counts a hit, and tells whoever depends on it. */
  Entry served(Object key, Entry entry, long now) {
    counters.hits.increment();
    entry.read(now);
    LoadFrame.depends(ledger, key, entry);
    return entry;
  }

  /** The level of a tier: 0 for memory. */
  int level(String tier) {
    if (tier.equals(Levels.MEMORY)) {
      return 0;
    }
    if (lower == null) {
      throw Levels.none(tier, List.of());
    }
    return lower.level(tier);
  }

  Fills fills() {
    return fills;
  }

  boolean drop(Object key, Entry entry) {
    return memory.remove(key, entry);
  }

  void missed(Object key, Miss.Reason reason, @Nullable Entry found) {
    counters.misses.increment();
    counters.watches.missed(key, reason);
    explainer.missed(key, reason, found);
  }
}
