package dev.tiercel.cache;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A cache that is never stale: a value is served only while nothing that it depends on was written
 * since before it was loaded. When an invalidation has returned, no reader gets what was there
 * before, and no two readers see the new and then the old.
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
  private final Misses misses = new Misses();
  private final Loads loads;
  private final Types types = new Types();
  private final Sweeper sweeper;
  private final Ledger.Registration sweeping;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean bypassed;

  TieredCache(TieredCacheBuilder built) {
    this.ledger = built.ledger();
    this.clock = built.clock();
    this.executor = built.executor();
    this.policy = built.policy();
    this.memory =
        new MemoryTier(
            built.memory(),
            ledger.seq(),
            executor.given(),
            entry -> counters.evictedForRoom.increment());
    this.loads = new Loads(this, counters, clock, executor);
    this.sweeper = new Sweeper(executor, this::sweep);
    this.sweeping = ledger.register(memory.sweptTo(), this::sweepForOthers);
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
   * A view for values of one class, with the cache's policy.
   *
   * @param type the class
   * @param <V> the type
   * @return the view
   * @throws IllegalArgumentException if the type is known to be mutable
   */
  public <V> TypedCache<V> typed(Class<V> type) {
    return typed(TypeRef.of(type));
  }

  /**
   * A view for values of one type, with the cache's policy. Keep one key for one type.
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
    return new Stamp(ledger);
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
    long seq = ledger.raise(Raise.EVERYTHING);
    return banned(seq);
  }

  /**
   * Voids every value whose key matches a pattern, and removes it before it returns.
   *
   * @param pattern as in SQLite's GLOB
   * @return how many values were removed
   */
  public long evictNow(String pattern) {
    requireText("pattern", pattern);
    long seq = ledger.raise(Raise.pattern(pattern));
    counters.invalidations.increment();
    ledger.sweepOthers(seq, sweeping);
    return sweep(seq);
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
    return sweeper.sweep(upTo);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Whoever spoke the ban waits for its own sweep.
  private void sweepForOthers(long upTo) {
    sweeper.sweep(upTo);
  }

  /** Removes what is void, and lets the bans go that can hit nothing any more. */
  private long sweep(long upTo) {
    long removed =
        memory.removeIf(
            (key, entry) -> {
              long verdict = validate(key, entry);
              if (verdict >= 0) {
                entry.revalidated(verdict);
              }
              return verdict == Versions.STALE;
            });
    counters.evictedInvalidated.add(removed);
    // What comes later with an older stamp is void by itself, so the bans can be forgotten.
    memory.sweptTo().accumulateAndGet(upTo, Math::max);
    ledger.dropBans();
    return removed;
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
   * filled. What it holds stays and is served again afterwards, as far as it is current.
   *
   * @param off whether it is off
   */
  public void bypass(boolean off) {
    bypassed = off;
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
    Keys.check(key);
    Entry entry = memory.peek(key);
    Optional<String> miss = misses.of(key).map(Miss::toString);
    if (entry == null) {
      return miss.map(
          why ->
              new Explanation(
                  Keys.text(key),
                  List.of(),
                  false,
                  Optional.empty(),
                  0,
                  Duration.ZERO,
                  Optional.of(why)));
    }
    boolean current = isCurrent(key, entry);
    Duration age = Duration.ofMillis(Math.max(0, clock.millis() - entry.madeAt()));
    return Optional.of(
        new Explanation(
            Keys.text(key),
            List.of("memory"),
            current,
            current ? Optional.empty() : Optional.of(culprit(key, entry)),
            entry.stamp(),
            age,
            miss));
  }

  /** Ends the cache; reads go to their loaders from then on. The ledger stays open. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      bypassed = true;
      sweeping.close();
      executor.close();
      clock.close();
      memory.clear();
    }
  }

  // For the views.

  Ledger ledger() {
    return ledger;
  }

  Loads loads() {
    return loads;
  }

  Counters counters() {
    return counters;
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

  boolean fill(Object key, Entry entry) {
    return !bypassed && memory.put(key, entry, this::isCurrent);
  }

  boolean replace(Object key, Entry old, Entry entry) {
    return memory.replace(key, old, entry);
  }

  void drop(Object key, Entry entry) {
    memory.remove(key, entry);
  }

  void missed(Object key, Miss.Reason reason, @Nullable Entry found) {
    counters.misses.increment();
    misses.note(
        key, reason, reason == Miss.Reason.STALE && found != null ? culprit(key, found) : "");
  }

  private String culprit(Object key, Entry entry) {
    return ledger.versions.culprit(entry.stamp(), entry.tags, key);
  }
}
