package dev.tiercel.cache;

import dev.tiercel.cache.Entry.Failure;
import dev.tiercel.cache.Entry.Lifetime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Loads values: one loader for each key at a time, whose result others share if it is still current
 * when they receive it. Thread-safe.
 */
final class Loads {
  private static final long NEVER = Long.MAX_VALUE / 2;
  private static final int MOST_DOUBLINGS = 6;

  private final TieredCache cache;
  private final Counters counters;
  private final CoarseClock clock;
  private final Executor executor;
  private final ConcurrentMap<Object, Flight> flights = new ConcurrentHashMap<>();

  Loads(TieredCache cache, Counters counters, CoarseClock clock, Executor executor) {
    this.cache = cache;
    this.counters = counters;
    this.clock = clock;
    this.executor = executor;
  }

  /**
   * One wish for a value.
   *
   * @param own its tags without those that its loader finds
   * @param before what was there, if a failure is to be remembered for longer each time
   */
  record Wish(
      Object key,
      TypeRef<?> type,
      CachePolicy policy,
      TagSet own,
      CacheLoader<?> loader,
      @Nullable Entry before) {
    /** Whether there is a value to fall back on, which no failure may replace. */
    boolean hasValue() {
      return before != null && before.failure() == null;
    }
  }

  /** Loads on this thread, or waits for somebody who does already. */
  Entry load(Wish wish) throws Flight.Failed {
    if (LoadFrame.isLoading()) {
      // A loader that waited for another could wait for itself.
      return loadAlone(wish);
    }
    // Whoever is handed an outdated value may share the next load, which begins after it came.
    for (int turn = 0; turn < 2; turn++) {
      Flight mine = new Flight();
      Flight other = flights.putIfAbsent(wish.key(), mine);
      if (other == null) {
        return fly(mine, wish);
      }
      Entry shared = shared(other, wish, Duration.ZERO);
      if (shared != null) {
        return shared;
      }
    }
    return loadAlone(wish);
  }

  /** Waits for a load on another thread; null if the time is over. Begins it if nobody has. */
  @Nullable Entry loadWithin(Wish wish, Duration limit) throws Flight.Failed {
    if (LoadFrame.isLoading()) {
      return loadAlone(wish);
    }
    for (int turn = 0; turn < 2; turn++) {
      Flight mine = new Flight();
      Flight other = flights.putIfAbsent(wish.key(), mine);
      if (other == null) {
        if (!start(mine, wish)) {
          return loadAlone(wish);
        }
        return mine.await(wish.key(), limit);
      }
      Entry shared = shared(other, wish, limit);
      if (shared != null || !other.isDone()) {
        return shared;
      }
    }
    return loadAlone(wish);
  }

  /** Loads in the background, unless somebody loads the key already. */
  CompletionStage<Entry> refresh(Wish wish) {
    return refresh(wish, 2);
  }

  private CompletionStage<Entry> refresh(Wish wish, int turns) {
    Flight mine = new Flight();
    Flight other = turns == 0 ? null : flights.putIfAbsent(wish.key(), mine);
    if (other != null) {
      // A load that began before a write is of no use to who asks after it.
      return other
          .result()
          .thenCompose(
              entry ->
                  cache.isCurrent(wish.key(), entry)
                      ? CompletableFuture.completedStage(entry)
                      : refresh(wish, turns - 1));
    }
    if (start(mine, wish)) {
      counters.refreshes.increment();
    }
    return mine.result();
  }

  private boolean start(Flight flight, Wish wish) {
    try {
      executor.execute(
          () -> {
            try {
              fly(flight, wish);
            } catch (Flight.Failed e) {
              // Whoever waits for the flight is told; a refresh is tried again by the next reader.
            }
          });
      return true;
    } catch (RejectedExecutionException e) {
      flights.remove(wish.key(), flight);
      flight.failed(e);
      return false;
    }
  }

  private Entry fly(Flight flight, Wish wish) throws Flight.Failed {
    try {
      Entry entry = loadAlone(wish);
      flights.remove(wish.key(), flight);
      flight.landed(entry);
      return entry;
    } catch (Throwable e) {
      flights.remove(wish.key(), flight);
      flight.failed(e instanceof Flight.Failed && e.getCause() != null ? e.getCause() : e);
      throw e;
    }
  }

  /** What another thread loaded, if it is of use here. */
  private @Nullable Entry shared(Flight other, Wish wish, Duration limit) throws Flight.Failed {
    Entry entry;
    try {
      entry = other.await(wish.key(), limit);
    } catch (Flight.Failed e) {
      if (e.getCause() instanceof InterruptedException
          || e.getCause() instanceof RejectedExecutionException) {
        return null; // That thread's trouble, not the loader's.
      }
      throw e;
    }
    if (entry == null || !entry.isOf(wish.type()) || !cache.isCurrent(wish.key(), entry)) {
      return null;
    }
    counters.coalesced.increment();
    return entry;
  }

  /** Loads on this thread and fills the cache if the value is still current. */
  Entry loadAlone(Wish wish) throws Flight.Failed {
    Entry entry = run(wish);
    keep(wish.key(), entry, wish.policy());
    return entry;
  }

  /** Loads on this thread and fills nothing. */
  Entry run(Wish wish) throws Flight.Failed {
    // Before the load: its value holds at least every commit up to here.
    long stamp = cache.ledger().seq();
    long begun = System.nanoTime();
    long now = clock.millis();
    TagSet tags = wish.own();
    Object value;
    try (LoadFrame frame = LoadFrame.enter(cache, wish.key())) {
      try {
        value = Frozen.copyOf(wish.loader().load());
      } finally {
        tags = tags.and(frame.tags());
        counters.loads.increment();
        counters.loadNanos.add(System.nanoTime() - begun);
      }
    } catch (Throwable e) {
      counters.loadFailures.increment();
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      } else if (e instanceof Exception && !wish.policy().failures().isZero() && !wish.hasValue()) {
        remember(wish, tags, stamp, now, e);
      }
      throw new Flight.Failed(e);
    }
    long nanos = System.nanoTime() - begun;
    Lifetime lifetime = lifetime(wish.policy(), value == null, now, nanos);
    return Entry.of(value, wish.type(), tags, stamp, lifetime, now);
  }

  /** Loads several values on this thread and fills the cache with those that are still current. */
  <K> Map<Object, Entry> all(
      Set<K> keys,
      Function<? super K, ? extends Tags> tags,
      BulkLoader<K, ?> loader,
      TypeRef<?> type,
      CachePolicy policy)
      throws Flight.Failed {
    long stamp = cache.ledger().seq();
    long begun = System.nanoTime();
    long now = clock.millis();
    Map<Object, Entry> entries = new HashMap<>();
    try (LoadFrame frame = LoadFrame.enter(cache, keys)) {
      Map<K, ?> values = loader.load(keys);
      long nanos = System.nanoTime() - begun;
      for (K key : keys) {
        Object value = Frozen.copyOf(values.get(key));
        TagSet all = TagSet.of(tags.apply(key)).and(frame.tags());
        Lifetime lifetime = lifetime(policy, value == null, now, nanos);
        entries.put(key, Entry.of(value, type, all, stamp, lifetime, now));
      }
    } catch (Throwable e) {
      counters.loadFailures.increment();
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new Flight.Failed(e);
    } finally {
      counters.loads.increment();
      counters.loadNanos.add(System.nanoTime() - begun);
    }
    entries.forEach((key, entry) -> keep(key, entry, policy));
    entries.forEach((key, entry) -> LoadFrame.depends(cache.ledger(), key, entry));
    return entries;
  }

  /** Caches a value that was computed elsewhere, if it is still current. */
  boolean put(Wish wish, Object value, long stamp) {
    long now = clock.millis();
    Lifetime lifetime = lifetime(wish.policy(), false, now, 0);
    Object frozen = Frozen.copyOf(value);
    return cache.fill(wish.key(), Entry.of(frozen, wish.type(), wish.own(), stamp, lifetime, now));
  }

  private void keep(Object key, Entry entry, CachePolicy policy) {
    if (entry.value != null || !policy.negative().isZero()) {
      cache.fill(key, entry);
    }
  }

  private void remember(Wish wish, TagSet tags, long stamp, long now, Throwable e) {
    int times = wish.before() instanceof Failure failure ? failure.times() + 1 : 0;
    long until = now + (wish.policy().failures().toMillis() << Math.min(times, MOST_DOUBLINGS));
    // Kept a while after its time, so that the next failure knows that it is one.
    int known = (int) Math.min(Integer.MAX_VALUE, 2 * (until - now));
    cache.fill(
        wish.key(),
        new Failure(e, times, wish.type(), tags, stamp, new Lifetime(now, until, until, known, 0)));
  }

  private static Lifetime lifetime(CachePolicy policy, boolean absent, long now, long loadNanos) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    Duration ttl = absent && !policy.negative().isZero() ? policy.negative() : policy.ttl();
    if (ttl.isZero()) {
      return new Lifetime(now, NEVER, NEVER, 0, (int) policy.idle().toMillis());
    }
    long millis = ttl.toMillis();
    long expires = now + millis - (long) (millis * policy.jitter() * random.nextDouble());
    long fresh = expires;
    if (policy.eager() > 0) {
      // XFetch draws at each look-up; with one load at a time it is enough to draw once.
      double early = loadNanos / 1e6 * policy.eager() * -Math.log(1 - random.nextDouble());
      fresh = Math.max(now, expires - (long) Math.min((double) millis, early));
    }
    return new Lifetime(
        now,
        fresh,
        expires,
        absent ? 0 : (int) policy.failSafe().toMillis(),
        (int) policy.idle().toMillis());
  }
}
