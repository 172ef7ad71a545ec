package dev.tiercel.cache;

import dev.tiercel.cache.Loads.Wish;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
  private final TieredCache cache;
  private final TypeRef<V> type;
  private final CachePolicy policy;
  private final @Nullable UnaryOperator<V> copier;
  private final Levels levels;
  private final boolean unsafe;

  TypedCache(
      TieredCache cache,
      TypeRef<V> type,
      CachePolicy policy,
      @Nullable UnaryOperator<V> copier,
      Levels levels) {
    this.cache = cache;
    this.type = type;
    this.policy = policy;
    this.levels = levels;
    this.copier = copier;
    this.unsafe = copier == null && Frozen.isMutable(type.raw());
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
    return new TypedCache<>(cache, type, cache.allowed(other), copier, levels);
  }

  /**
   * The same view for values that can be changed: everybody gets a copy.
   *
   * @param copy makes a copy that shares nothing that can be changed
   * @return a view
   */
  public TypedCache<V> copyOnRead(UnaryOperator<V> copy) {
    Objects.requireNonNull(copy, "copy must not be null");
    return new TypedCache<>(cache, type, policy, copy, levels);
  }

  /**
   * The same view, asking no tier below one: what only those have is loaded.
   *
   * @param tier the name of the last tier that is asked: {@code memory}, {@code sqlite}, {@code
   *     files}, or that of a tier of your own
   * @return a view
   * @throws IllegalArgumentException if the cache has no tier of that name
   */
  public TypedCache<V> upTo(String tier) {
    return new TypedCache<>(cache, type, policy, copier, levels.upTo(cache.level(tier)));
  }

  /**
   * The same view, keeping what it loads, or is given, in some tiers only. What the others hold
   * under its key goes. A tier that only takes values of another size does not keep it all the
   * same.
   *
   * @param tiers the names of the tiers, as for {@link #upTo}
   * @return a view
   * @throws IllegalArgumentException if there are none, or if the cache has no tier of that name
   */
  public TypedCache<V> into(String... tiers) {
    long filled = 0;
    for (String tier : tiers) {
      filled |= 1L << cache.level(tier);
    }
    if (filled == 0) {
      throw new IllegalArgumentException("name at least one tier; to cache nothing, do not cache");
    }
    return new TypedCache<>(cache, type, policy, copier, levels.into(filled));
  }

  /**
   * The value of a key: from the cache if it is there and current, otherwise from the loader, whose
   * value is cached. Of many readers that miss at once one runs the loader.
   *
   * @param key the key
   * @param tags what the value depends on, beside what the loader reads itself from caches on the
   *     same ledger
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
    Entry entry = hit(checked(key), cache.now());
    return handOut(key, entry != null ? entry : cache.reads().read(wish(key, tags, loader)));
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
    Entry entry = hit(checked(key), cache.now());
    return handOut(key, entry != null ? entry : load(key, source));
  }

  private <K> Entry load(K key, CacheSource<? super K, ? extends V> source) {
    return cache.reads().read(wish(key, source.tags(key), () -> source.load(key)));
  }

  /**
   * The value of a key if it is in the cache and current.
   *
   * @param key the key
   * @return the value, or empty
   * @throws IllegalStateException if the key was cached as another type
   */
  public Optional<V> getIfPresent(Object key) {
    Entry entry = present(checked(key));
    return entry == null || entry.failure() != null
        ? Optional.empty()
        : Optional.ofNullable(handOut(key, entry));
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
    return cache.served(key, entry, now);
  }

  private @Nullable Entry present(Object key) {
    Entry entry = hit(key, cache.now());
    return entry != null ? entry : cache.reads().present(key, this);
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

  /** What is cached of a value: nothing that its maker or a reader could change. */
  @SuppressWarnings("unchecked") // Only what loaders of this view return.
  @Nullable Object kept(@Nullable Object value) {
    Object own = copier == null || value == null ? value : copier.apply((V) value);
    return Frozen.copyOf(own, type.raw());
  }

  private Object checked(Object key) {
    if (unsafe) {
      throw Frozen.mutable(type.type());
    }
    return Keys.check(key);
  }

  /** The tags of what is to be cached, under a key that has a text. */
  private TagSet tags(Object key, Tags tags) {
    Keys.text(checked(key));
    return TagSet.of(Objects.requireNonNull(tags, "tags must not be null"));
  }

  private Wish wish(Object key, Tags tags, CacheLoader<? extends V> loader) {
    TagSet own = tags(key, tags);
    return new Wish(key, this, own, Objects.requireNonNull(loader, "loader must not be null"));
  }

  TypeRef<V> type() {
    return type;
  }

  Levels levels() {
    return levels;
  }

  /**
   * How long values live, and what happens when a load is slow or fails.
   *
   * @return the policy of this view
   */
  public CachePolicy policy() {
    return policy;
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
   * @throws IllegalArgumentException if the stamp was drawn from a cache on another ledger
   */
  public boolean put(Object key, V value, Tags tags, Stamp stamp) {
    Objects.requireNonNull(value, "value must not be null");
    return put(key, value, tags, stamp, TagSet.NONE);
  }

  /** {@link Recording#put}. */
  boolean put(Object key, V value, Tags tags, Stamp stamp, TagSet read) {
    return cache.loads().put(key, value, this, tags(key, tags).and(read), stamp);
  }

  /**
   * Makes a cached value depend on more, as of its load.
   *
   * @param key the key
   * @param tags what it depends on too
   * @throws IllegalArgumentException if the key is not cached as this type
   */
  public void depend(Object key, Tags tags) {
    TagSet more = tags(key, tags);
    while (true) {
      Entry entry = cache.cached(key);
      if (entry == null || entry.failure() != null || !entry.isOf(type)) {
        throw new IllegalArgumentException(
            "key " + key + " is not cached as " + type + "; give its tags when it is loaded");
      }
      int idle = (int) policy.idle().toMillis();
      if (cache.fills().depend(key, entry, more, idle)) {
        return;
      }
    }
  }

  /**
   * Loads a value anew in the background, from the data after the call. The cached one is served
   * until then, as far as it is current, and also afterwards if the load fails.
   *
   * @param key the key
   * @param tags what the value depends on
   * @param loader computes the value
   * @return completes with the value, with what the loader threw, or with what the executor threw
   *     that would not run it
   * @throws IllegalStateException inside a loader, whose value would not depend on this one
   */
  public CompletionStage<@Nullable V> refresh(
      Object key, Tags tags, CacheLoader<? extends V> loader) {
    if (!LoadFrame.mayRefresh()) {
      throw new IllegalStateException(
          "a loader cannot refresh key "
              + key
              + ": what it loads would not depend on it; call get");
    }
    return cache.loads().refresh(wish(key, tags, loader)).thenApply(entry -> handOut(key, entry));
  }

  /**
   * The values of many keys; those that are not cached are loaded together, on this thread, and by
   * nobody else's load. Time-outs, expired values and remembered failures play no part.
   *
   * @param keys the keys
   * @param tags what the value of a key depends on
   * @param loader computes values, from the newest data; what it leaves out does not exist
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
    Map<K, @Nullable V> values = new LinkedHashMap<>();
    Map<K, TagSet> missing = new LinkedHashMap<>();
    for (K key : new LinkedHashSet<>(keys)) {
      Entry entry = present(checked(key));
      if (entry == null || entry.failure() != null) {
        LoadFrame.refuseReentry(cache, key);
        missing.put(key, tags(key, tags.apply(key)));
        values.put(key, null); // Keeps its place.
      } else {
        values.put(key, handOut(key, entry));
      }
    }
    cache
        .loads()
        .stored(missing, this)
        .forEach((key, entry) -> values.put(key, handOut(key, entry)));
    if (!missing.isEmpty()) {
      load(Collections.unmodifiableMap(missing), loader)
          .forEach((key, entry) -> values.put(key, handOut(key, entry)));
    }
    values.values().removeIf(Objects::isNull);
    return Collections.unmodifiableMap(values);
  }

  private <K> Map<K, Entry> load(Map<K, TagSet> missing, BulkLoader<K, ? extends V> loader) {
    try {
      return cache.loads().all(missing, loader, this);
    } catch (Flight.Failed e) {
      throw Reads.failure(missing.keySet(), e);
    }
  }
}
