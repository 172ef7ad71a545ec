package dev.tiercel.cache;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
  private static final Logger LOG = LoggerFactory.getLogger(TieredCache.class);

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
  private final Sweeper sweeper;
  private final Ledger.Registration sweeping;
  private final boolean needsTtl;
  private final AtomicBoolean weigherWarned = new AtomicBoolean();
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
    this.explainer = new Explainer(ledger.versions, memory, clock);
    this.sweeper = new Sweeper(executor, upTo -> sweep(upTo, key -> true));
    this.sweeping = ledger.register(memory.sweptTo(), this::sweepForOthers);
    // After the registration: bans from here on wait for this cache, and older stamps are refused.
    memory.sweptTo().accumulateAndGet(ledger.seq(), Math::max);
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
    return new TypedCache<>(this, types.intern(type), policy, null);
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
    Objects.requireNonNull(tags, "tags must not be null");
    return raised(ledger.raise(Raise.tags(tags.list())));
  }

  /**
   * Voids the value of one key, also one whose load is under way.
   *
   * @param key the key
   * @return the invalidation
   */
  public Invalidation invalidateKey(Object key) {
    Keys.check(key);
    long seq = ledger.raise(Raise.key(key));
    Entry gone = memory.peek(key);
    boolean removed = gone != null && !isCurrent(key, gone) && memory.remove(key, gone);
    counters.evictedInvalidated.add(removed ? 1 : 0);
    return counted(seq, removed ? 1 : 0, CompletableFuture.completedStage(removed ? 1L : 0L));
  }

  /**
   * Voids every value whose key begins with a text. When the text ends in a colon and has at most
   * five segments, that takes the same short time whatever is cached.
   *
   * @param prefix the text, exactly; no character in it is a wildcard
   * @return the invalidation
   */
  public Invalidation invalidatePrefix(String prefix) {
    requireText("prefix", prefix);
    return TagSet.isSegmentPrefix(prefix)
        ? raised(ledger.raise(Raise.segments(prefix)))
        : banned(ledger.raise(Raise.pattern(Glob.prefix(prefix).toString())));
  }

  /**
   * Voids every value whose key matches a pattern. It is in force when this returns; what it hits
   * is removed in the background.
   *
   * @param pattern as in SQLite's GLOB: {@code *}, {@code ?} and {@code [...]}
   * @return the invalidation
   */
  public Invalidation invalidatePattern(String pattern) {
    requireText("pattern", pattern);
    return banned(ledger.raise(Raise.pattern(pattern)));
  }

  /**
   * Voids everything.
   *
   * @return the invalidation
   */
  public Invalidation invalidateAll() {
    return banned(ledger.raise(Raise.EVERYTHING));
  }

  /**
   * Voids every value whose key matches a pattern, and removes it before it returns; except while a
   * write to it is under way, when it is void and goes later.
   *
   * @param pattern as in SQLite's GLOB
   * @return how many values with such a key were removed
   */
  public long evictNow(String pattern) {
    requireText("pattern", pattern);
    Glob glob = Glob.of(pattern);
    long seq = ledger.raise(Raise.pattern(pattern));
    counters.invalidations.increment();
    ledger.sweepOthers(seq, sweeping);
    return sweep(seq, key -> glob.matches(Keys.text(key)));
  }

  private Invalidation raised(long seq) {
    return counted(seq, 0, CompletableFuture.completedStage(0L));
  }

  private Invalidation banned(long seq) {
    return counted(seq, 0, sweepEverywhere(seq));
  }

  private Invalidation counted(long seq, long dropped, CompletionStage<Long> swept) {
    counters.invalidations.increment();
    return new Invalidation(seq, dropped, swept);
  }

  private CompletionStage<Long> sweepEverywhere(long upTo) {
    ledger.sweepOthers(upTo, sweeping);
    return closed ? CompletableFuture.completedStage(0L) : sweeper.sweep(upTo);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Whoever spoke the ban waits for its own sweep.
  private void sweepForOthers(long upTo) {
    sweeper.sweep(upTo);
  }

  /** Removes what is void, and lets the bans go that can hit nothing any more. */
  private long sweep(long upTo, Predicate<Object> counted) {
    long[] ofThese = {0};
    long removed =
        memory.removeIf(
            (key, entry) -> {
              long verdict = validate(key, entry);
              if (verdict >= 0) {
                entry.revalidated(verdict);
              }
              return verdict == Versions.STALE;
            },
            key -> ofThese[0] += counted.test(key) ? 1 : 0);
    counters.evictedInvalidated.add(removed);
    // What comes later with an older stamp is void by itself, so the bans can be forgotten.
    memory.sweptTo().accumulateAndGet(upTo, Math::max);
    ledger.dropBans();
    return ofThese[0];
  }

  private static void requireText(String name, String text) {
    Objects.requireNonNull(text, name + " must not be null");
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          "an empty " + name + " would void everything; call invalidateAll() if that is meant");
    }
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
   * What the cache did so far.
   *
   * @return a snapshot
   */
  public CacheStats stats() {
    return counters.snapshot(memory);
  }

  /**
   * What is known about a key: for people who wonder.
   *
   * @param key the key
   * @return where it is and why it was missed, or empty if nothing is known
   */
  public Optional<Explanation> explain(Object key) {
    return explainer.explain(Keys.check(key));
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
    // A reader may be about to serve what a ban has hit, and from here on no ban waits for it.
    memory.sweptTo().set(Long.MAX_VALUE);
    sweeping.close();
    executor.close();
    clock.close();
    memory.clear();
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

  @Nullable Entry cached(Object key) {
    return memory.get(key);
  }

  /** Whether an entry is as good as a new one; if so, its stamp moves on. */
  boolean isCurrent(Object key, Entry entry) {
    if (ledger.versions.isUntouched(entry.stamp())) {
      return true;
    }
    long verdict = validate(key, entry);
    if (verdict >= 0) {
      entry.revalidated(verdict);
    }
    return verdict >= 0;
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

  /** Keeps a value, if it is current. */
  boolean fill(Object key, Entry entry) {
    return put(key, entry, old -> isCurrent(key, entry));
  }

  /** Keeps a failure, if it is current and nothing better is there. */
  void remember(Object key, Entry failure) {
    put(key, failure, old -> !isWorthKeeping(key, old) && isCurrent(key, failure));
  }

  private boolean isWorthKeeping(Object key, @Nullable Entry old) {
    return old != null
        && old.failure() == null
        && !old.isOver(now())
        && validate(key, old) != Versions.STALE;
  }

  private boolean put(Object key, Entry entry, Predicate<@Nullable Entry> mayReplace) {
    try {
      return !bypassed && !ledger.isInsideTransaction() && memory.put(key, entry, mayReplace);
    } catch (RuntimeException e) {
      // It is no reason to lose the answer that something cannot be weighed.
      if (weigherWarned.compareAndSet(false, true)) {
        LOG.warn("not cached, because the weigher failed; later failures are not logged", e);
      }
      return false;
    }
  }

  /** Notes that there is no value any more, if that is current. */
  void forget(Object key, Entry absent) {
    if (!bypassed) {
      memory.remove(key, () -> isCurrent(key, absent));
    }
  }

  boolean replace(Object key, Entry old, Entry entry) {
    return memory.replace(key, old, entry);
  }

  boolean drop(Object key, Entry entry) {
    return memory.remove(key, entry);
  }

  void missed(Object key, Miss.Reason reason, @Nullable Entry found) {
    counters.misses.increment();
    explainer.missed(key, reason, found);
  }
}
