package dev.tiercel.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The decoded values in memory: Caffeine keeps what is worth keeping, and knows nothing of time or
 * writes. Thread-safe.
 */
final class MemoryTier {
  private final Cache<Object, Entry> entries;

  /** What older stamps are void for in here: the bans up to it were swept and are forgotten. */
  private final AtomicLong sweptTo = new AtomicLong();

  /**
   * An empty tier.
   *
   * @param size its bound
   * @param executor runs Caffeine's housekeeping; null for its own
   * @param evicted told when an entry had to go for lack of room
   */
  MemoryTier(MemorySize size, @Nullable Executor executor, Consumer<Entry> evicted) {
    Caffeine<Object, Entry> caffeine =
        Caffeine.newBuilder()
            .evictionListener(
                (@Nullable Object key, @Nullable Entry entry, RemovalCause cause) -> {
                  if (entry != null) {
                    evicted.accept(entry);
                  }
                });
    if (executor != null) {
      caffeine.executor(work -> runOn(executor, work));
    }
    this.entries = size.bound(caffeine).build();
  }

  /* Caffeine would do the same, and log each time. */
  private static void runOn(Executor executor, Runnable work) {
    try {
      executor.execute(work);
    } catch (RejectedExecutionException e) {
      work.run();
    }
  }

  @Nullable Entry get(Object key) {
    return entries.getIfPresent(key);
  }

  /** An entry for those who only look: it counts for nothing. */
  @Nullable Entry peek(Object key) {
    return entries.policy().getIfPresentQuietly(key);
  }

  /** The keys of what is there, as it changes. */
  Set<Object> keys() {
    return entries.asMap().keySet();
  }

  /** The entries that are read most, the hottest first. */
  Map<Object, Entry> hottest(int most) {
    return entries.policy().eviction().map(e -> e.hottest(most)).orElse(Map.of());
  }

  AtomicLong sweptTo() {
    return sweptTo;
  }

  /** Puts an entry there if a test of the one it replaces, under the key's lock, allows it. */
  boolean put(Object key, Entry entry, Predicate<@Nullable Entry> mayReplace) {
    Entry kept = entries.asMap().compute(key, (same, old) -> mayReplace.test(old) ? entry : old);
    return kept == entry;
  }

  /** Removes whatever is there if a test under the key's lock allows it. */
  void remove(Object key, BooleanSupplier may) {
    entries.asMap().computeIfPresent(key, (same, old) -> may.getAsBoolean() ? null : old);
  }

  /** Replaces an entry if it is still there. */
  boolean replace(Object key, Entry old, Entry entry) {
    return entries.asMap().replace(key, old, entry);
  }

  boolean remove(Object key, Entry entry) {
    return entries.asMap().remove(key, entry);
  }

  /**
   * Removes what is void.
   *
   * @param upTo the newest ban of which nothing is left afterwards
   * @param counted which keys count
   * @param all counts all that is removed
   * @return how many with such a key were removed
   */
  long sweep(Ledger ledger, long upTo, Predicate<String> counted, LongAdder all) {
    long ofThese = 0;
    for (var each : entries.asMap().entrySet()) {
      if (isVoid(ledger, each.getKey(), each.getValue())
          && remove(each.getKey(), each.getValue())) {
        all.increment();
        ofThese += counted.test(Keys.text(each.getKey())) ? 1 : 0;
      }
    }
    // What comes later with an older stamp is void by itself, so the bans can be forgotten.
    sweptTo.accumulateAndGet(upTo, Math::max);
    ledger.dropBans();
    return ofThese;
  }

  private boolean isVoid(Ledger ledger, Object key, Entry entry) {
    long verdict = ledger.versions.validate(entry.stamp(), entry.tags, key, sweptTo);
    if (verdict >= 0) {
      entry.revalidated(verdict);
    }
    return verdict == Versions.STALE;
  }

  /** About how many entries there are. */
  long size() {
    return entries.estimatedSize();
  }

  /** About how many bytes they have, or 0 if they are counted and not weighed. */
  long weight() {
    return entries.policy().eviction().map(e -> e.weightedSize().orElse(0)).orElse(0L);
  }

  void clear() {
    entries.invalidateAll();
  }
}
