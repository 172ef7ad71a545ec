package dev.tiercel.cache;

import dev.tiercel.cache.Loads.Wish;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A view of a {@link TieredCache} for values of one type. A key is a {@link String} or a {@link
 * CacheKey}. Immutable; thread-safe.
 *
 * @param <V> the type of the values; immutable, or copied on read
 */
public final class TypedCache<V> {
  /* How long an expired value is served without another try when its loader has just failed. */
  private static final long RETRY_MILLIS = 1_000;

  private final TieredCache cache;
  private final TypeRef<V> type;
  private final CachePolicy policy;
  private final @Nullable UnaryOperator<V> copier;

  TypedCache(
      TieredCache cache, TypeRef<V> type, CachePolicy policy, @Nullable UnaryOperator<V> copier) {
    this.cache = cache;
    this.type = type;
    this.policy = policy;
    this.copier = copier;
  }

  /**
   * The same view with another policy for what it loads.
   *
   * @param other the policy
   * @return a view
   * @throws IllegalArgumentException if one setting needs another
   */
  public TypedCache<V> policy(CachePolicy other) {
    Objects.requireNonNull(other, "policy must not be null");
    return new TypedCache<>(cache, type, other.requireConsistent(), copier);
  }

  /**
   * The same view for values that can be changed: everybody gets a copy.
   *
   * @param copy makes a copy that shares nothing that can be changed
   * @return a view
   */
  public TypedCache<V> copyOnRead(UnaryOperator<V> copy) {
    return new TypedCache<>(
        cache, type, policy, Objects.requireNonNull(copy, "copy must not be null"));
  }

  /**
   * The value of a key: from the cache if it is there and current, otherwise from the loader, whose
   * value is cached. Of many readers that miss at once one runs the loader.
   *
   * @param key the key
   * @param tags what the value depends on, beside what the loader reads from the same cache itself
   * @param loader computes the value, from the newest data; on this thread unless the policy has a
   *     time-out
   * @return the value; null if the loader returned null
   * @throws CacheLoadException if the loader threw a checked exception, if this thread was
   *     interrupted while it waited, or with a remembered failure
   * @throws CacheTimeoutException if the hard time-out passed
   * @throws IllegalStateException if the key is being loaded by this very thread, or was cached as
   *     another type
   */
  public @Nullable V get(Object key, Tags tags, CacheLoader<? extends V> loader) {
    Entry entry = hit(Keys.check(key), cache.now());
    return handOut(key, entry != null ? entry : miss(key, tags, loader));
  }

  /**
   * The value of a key, as above, from a source that is made once for many keys: a hit allocates
   * nothing and does not even ask for the tags.
   *
   * @param key the key
   * @param source tells the tags of a key and computes its value
   * @param <K> the type of the key
   * @return the value; null if the source returned null
   */
  public <K> @Nullable V get(K key, CacheSource<? super K, ? extends V> source) {
    Entry entry = hit(Keys.check(key), cache.now());
    return handOut(
        key, entry != null ? entry : miss(key, source.tags(key), () -> source.load(key)));
  }

  /**
   * The value of a key if it is in the cache and current.
   *
   * @param key the key
   * @return the value, or empty
   */
  public Optional<V> getIfPresent(Object key) {
    Entry entry = hit(Keys.check(key), cache.now());
    if (entry == null || entry.failure() != null) {
      return Optional.empty();
    }
    return Optional.ofNullable(handOut(key, entry));
  }

  /** The entry if nothing at all speaks against it. */
  private @Nullable Entry hit(Object key, long now) {
    Entry entry = cache.cached(key);
    if (entry == null
        || cache.isBypassed()
        || !entry.isFresh(now)
        || entry.isIdle(now)
        || !cache.isCurrent(key, entry)) {
      return null;
    }
    return served(key, entry, now);
  }

  private Entry served(Object key, Entry entry, long now) {
    cache.counters().hits.increment();
    entry.read(now);
    LoadFrame.depends(cache.ledger(), key, entry);
    return entry;
  }

  @SuppressWarnings("unchecked") // The entry's type says so.
  private @Nullable V handOut(Object key, Entry entry) {
    if (!entry.isOf(type)) {
      throw new IllegalStateException(
          "key %s was cached as %s and is asked for as %s; use one key for one type"
              .formatted(key, entry.type(), type));
    }
    Object value = entry.value;
    Throwable failure = entry.failure();
    if (failure != null) {
      throw new CacheLoadException(
          "the loader of key " + key + " failed a moment ago: " + failure, failure);
    }
    return copier == null || value == null ? (V) value : copier.apply((V) value);
  }

  private Entry miss(Object key, Tags tags, CacheLoader<? extends V> loader) {
    Objects.requireNonNull(tags, "tags must not be null");
    Objects.requireNonNull(loader, "loader must not be null");
    LoadFrame.refuseReentry(cache, key);
    TagSet own = TagSet.of(tags);
    Entry entry = lookUp(key, own, loader);
    LoadFrame.depends(cache.ledger(), key, entry);
    return entry;
  }

  private Entry lookUp(Object key, TagSet own, CacheLoader<? extends V> loader) {
    if (cache.isBypassed()) {
      return bypass(key, own, loader, Miss.Reason.OFF);
    }
    Entry found = cache.cached(key);
    if (found != null && found.isOf(type)) {
      long verdict = cache.validate(key, found);
      if (verdict == Versions.PENDING) {
        return bypass(key, own, loader, Miss.Reason.PENDING);
      }
      long now = cache.now();
      if (verdict >= 0 && !found.isOver(now)) {
        return again(key, own, loader, found, now);
      }
      dropped(key, found, verdict >= 0);
    } else {
      cache.missed(key, Miss.Reason.ABSENT, null);
    }
    if (cache.isPending(key, own)) {
      return bypass(key, own, loader, null);
    }
    return load(wish(key, own, loader, found), null);
  }

  private void dropped(Object key, Entry found, boolean expired) {
    cache.missed(key, expired ? Miss.Reason.EXPIRED : Miss.Reason.STALE, found);
    if (expired) {
      cache.counters().evictedExpired.increment();
    } else {
      cache.counters().staleRejected.increment();
    }
    cache.drop(key, found);
  }

  /** Serves or replaces a value that is current and whose time is over, or nearly so. */
  private Entry again(
      Object key, TagSet own, CacheLoader<? extends V> loader, Entry found, long now) {
    if (found.isFresh(now)) {
      return served(key, found, now);
    }
    Wish wish = wish(key, own, loader, found);
    if (!found.isExpired(now)) {
      cache.loads().refresh(wish);
      return served(key, found, now);
    }
    cache.missed(key, Miss.Reason.EXPIRED, null);
    return load(wish, found.failure() != null ? null : found);
  }

  private Wish wish(
      Object key, TagSet own, CacheLoader<? extends V> loader, @Nullable Entry before) {
    return new Wish(key, type, policy, own, loader, before);
  }

  /** Goes to the loader as if there were no cache. */
  private Entry bypass(
      Object key, TagSet own, CacheLoader<? extends V> loader, Miss.@Nullable Reason reason) {
    if (reason != null) {
      cache.missed(key, reason, null);
    }
    cache.counters().bypassed.increment();
    try {
      return cache.loads().run(wish(key, own, loader, null));
    } catch (Flight.Failed e) {
      throw failure(key, e);
    }
  }

  private Entry load(Wish wish, @Nullable Entry expired) {
    try {
      Entry entry = policy.isTimed() ? timed(wish, expired) : cache.loads().load(wish);
      return Objects.requireNonNull(entry);
    } catch (Flight.Failed e) {
      // A write may have come meanwhile; only what is still current may be served.
      if (expired != null && cache.isCurrent(wish.key(), expired)) {
        expired.spare(cache.now() + RETRY_MILLIS);
        return expiredServed(expired);
      }
      throw failure(wish.key(), e);
    }
  }

  private Entry timed(Wish wish, @Nullable Entry expired) throws Flight.Failed {
    Duration hard = policy.hardTimeout();
    boolean soft = expired != null && !policy.softTimeout().isZero();
    Entry entry = cache.loads().loadWithin(wish, soft ? policy.softTimeout() : hard);
    if (entry != null) {
      return entry;
    }
    if (expired != null && cache.isCurrent(wish.key(), expired)) {
      return expiredServed(expired);
    }
    if (soft) {
      entry = cache.loads().loadWithin(wish, hard);
    }
    if (entry == null) {
      throw new CacheTimeoutException(
          "the load of key " + wish.key() + " took longer than " + hard + "; it goes on");
    }
    return entry;
  }

  private Entry expiredServed(Entry entry) {
    cache.counters().expiredServed.increment();
    return entry;
  }

  private static RuntimeException failure(Object key, Flight.Failed e) {
    Throwable cause = e.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException unchecked
        ? unchecked
        : new CacheLoadException("the loader of key " + key + " failed: " + cause, cause);
  }

  /**
   * Caches a value that was computed elsewhere, unless something that it depends on was written
   * since the stamp.
   *
   * @param key the key
   * @param value the value
   * @param tags what it depends on
   * @param stamp drawn before the value was computed, see {@link TieredCache#stamp()}
   * @return whether it was cached
   */
  public boolean put(Object key, V value, Tags tags, Stamp stamp) {
    Keys.check(key);
    Objects.requireNonNull(value, "value must not be null");
    Objects.requireNonNull(tags, "tags must not be null");
    TagSet all = TagSet.of(tags);
    Wish wish = wish(key, all, () -> value, null);
    return cache.loads().put(wish, value, stamp.seq(cache.ledger()));
  }

  /**
   * Makes a cached value depend on more, as of its load.
   *
   * @param key the key
   * @param tags what it depends on too
   * @throws IllegalArgumentException if the key is not cached as this type
   */
  public void depend(Object key, Tags tags) {
    Keys.check(key);
    Objects.requireNonNull(tags, "tags must not be null");
    TagSet more = TagSet.of(tags);
    while (true) {
      Entry entry = cache.cached(key);
      if (entry == null || !entry.isOf(type)) {
        throw new IllegalArgumentException(
            "key " + key + " is not cached as " + type + "; give its tags when it is loaded");
      }
      int idle = (int) policy.idle().toMillis();
      if (cache.replace(key, entry, entry.with(more, idle, cache.now()))) {
        return;
      }
    }
  }

  /**
   * Loads a value anew in the background. The cached one is served until then, as far as it is
   * current.
   *
   * @param key the key
   * @param tags what the value depends on
   * @param loader computes the value
   * @return completes with the value, or with what the loader threw
   */
  public CompletionStage<@Nullable V> refresh(
      Object key, Tags tags, CacheLoader<? extends V> loader) {
    Keys.check(key);
    Objects.requireNonNull(tags, "tags must not be null");
    Objects.requireNonNull(loader, "loader must not be null");
    TagSet own = TagSet.of(tags);
    return cache
        .loads()
        .refresh(wish(key, own, loader, null))
        .thenApply(entry -> handOut(key, entry));
  }

  /**
   * The values of many keys; those that are not cached are loaded together, on this thread.
   *
   * @param keys the keys
   * @param tags what the value of a key depends on
   * @param loader computes values, from the newest data; what it leaves out is not cached
   * @param <K> the type of the keys, {@link String} or a {@link CacheKey}
   * @return the values by key in the order of the keys, without those that do not exist;
   *     unmodifiable
   * @throws CacheLoadException as {@link #get} does
   */
  public <K> Map<K, V> getAll(
      Collection<? extends K> keys,
      Function<? super K, ? extends Tags> tags,
      BulkLoader<K, ? extends V> loader) {
    Objects.requireNonNull(tags, "tags must not be null");
    Objects.requireNonNull(loader, "loader must not be null");
    Map<K, V> found = new LinkedHashMap<>();
    Set<K> missing = new LinkedHashSet<>();
    for (K key : new LinkedHashSet<>(keys)) {
      Entry entry = hit(Keys.check(key), cache.now());
      V value = entry == null || entry.failure() != null ? null : handOut(key, entry);
      if (value == null) {
        LoadFrame.refuseReentry(cache, key);
        cache.missed(key, Miss.Reason.ABSENT, null);
        missing.add(key);
      } else {
        found.put(key, value);
      }
    }
    if (missing.isEmpty()) {
      return Collections.unmodifiableMap(found);
    }
    Map<K, V> loaded = bulk(missing, tags, loader);
    Map<K, V> all = new LinkedHashMap<>();
    for (K key : new LinkedHashSet<>(keys)) {
      V value = found.containsKey(key) ? found.get(key) : loaded.get(key);
      if (value != null) {
        all.put(key, value);
      }
    }
    return Collections.unmodifiableMap(all);
  }

  private <K> Map<K, V> bulk(
      Set<K> missing, Function<? super K, ? extends Tags> tags, BulkLoader<K, ? extends V> loader) {
    Map<K, V> values = new LinkedHashMap<>();
    try {
      Map<Object, Entry> entries = cache.loads().all(missing, tags, loader, type, policy);
      for (K key : missing) {
        Entry entry = entries.get(key);
        V value = entry == null ? null : handOut(key, entry);
        if (value != null) {
          values.put(key, value);
        }
      }
      return values;
    } catch (Flight.Failed e) {
      throw failure(missing, e);
    }
  }
}
