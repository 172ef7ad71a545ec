package dev.tiercel.cache;

import dev.tiercel.cache.Entry.Failure;
import dev.tiercel.cache.Entry.Lifetime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Loads values: one loader for each key at a time, whose result others share if it is still current
 * when they receive it. Thread-safe.
 */
final class Loads {
  private static final long NEVER = Entry.NEVER;
  private static final int MOST_DOUBLINGS = 6;

  /* Whoever is handed an outdated result may share the next load, which begins after it came. */
  private static final int TURNS = 2;

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
   * @param failures how often its loader failed lately
   */
  record Wish(Object key, TypedCache<?> view, TagSet own, CacheLoader<?> loader, int failures) {
    Wish(Object key, TypedCache<?> view, TagSet own, CacheLoader<?> loader) {
      this(key, view, own, loader, 0);
    }

    /** The same wish after what is known of its key. */
    Wish after(Entry found) {
      return found instanceof Failure failure
          ? new Wish(key, view, own, loader, failure.times())
          : this;
    }
  }

  /** Loads on this thread, or waits for somebody who does already. */
  Entry load(Wish wish) throws Flight.Failed {
    if (LoadFrame.isLoading()) {
      return loadAlone(wish); // A loader that waited for another could wait for itself.
    }
    for (int turn = 0; turn < TURNS; turn++) {
      Flight mine = new Flight();
      Flight other = flights.putIfAbsent(wish.key(), mine);
      if (other == null) {
        return fly(mine, wish, false);
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
    long begun = System.nanoTime();
    for (int turn = 0; ; turn++) {
      Flight mine = new Flight();
      Flight other = turn < TURNS ? flights.putIfAbsent(wish.key(), mine) : null;
      if (other == null) {
        return start(mine, wish, false) ? own(mine, wish, left(limit, begun)) : loadAlone(wish);
      }
      Entry shared = shared(other, wish, left(limit, begun));
      if (shared != null || !other.isDone()) {
        return shared;
      }
    }
  }

  /** What came in after a reader had looked and before its flight began. */
  private @Nullable Entry arrived(Wish wish) {
    Entry entry = cache.cached(wish.key());
    long now = clock.millis();
    boolean isInTime =
        entry != null && entry.isFresh(now) && !entry.isExpired(now) && !entry.isIdle(now);
    return isInTime && isOfUse(entry, wish) ? entry : null;
  }

  /** Has nobody join the load of a key that is under way. */
  void disown(Object key) {
    flights.remove(key);
  }

  private static Duration left(Duration limit, long begun) {
    if (limit.isZero()) {
      return limit;
    }
    Duration left = limit.minusNanos(System.nanoTime() - begun);
    return left.isNegative() || left.isZero() ? Duration.ofNanos(1) : left;
  }

  /** What the executor loaded for this thread. */
  private @Nullable Entry own(Flight mine, Wish wish, Duration limit) throws Flight.Failed {
    try {
      return mine.await(wish.key(), limit);
    } catch (Flight.Failed e) {
      if (mine.isAbandoned()) {
        return loadAlone(wish);
      }
      throw e;
    }
  }

  /** Loads in the background, unless somebody loads the key already. */
  void refreshSoon(Wish wish) {
    Flight mine = new Flight();
    if (flights.putIfAbsent(wish.key(), mine) == null && start(mine, wish, true)) {
      counters.refreshes.increment();
    }
  }

  /** Loads in the background, after the call. */
  CompletionStage<Entry> refresh(Wish wish) {
    return refresh(wish, 0);
  }

  private CompletionStage<Entry> refresh(Wish wish, int turn) {
    Flight mine = new Flight();
    Flight other = turn < TURNS ? flights.putIfAbsent(wish.key(), mine) : null;
    if (other == null) {
      if (start(mine, wish, true)) {
        counters.refreshes.increment();
      }
      return mine.result();
    }
    // The first that is met began before the call; what it knows may be too old.
    return other
        .result()
        .handle((entry, e) -> turn > 0 && !other.isArrival() && isOfUse(entry, wish))
        .thenCompose(isOfUse -> isOfUse ? other.result() : refresh(wish, turn + 1));
  }

  private boolean start(Flight flight, Wish wish, boolean anew) {
    try {
      executor.execute(
          () -> {
            try {
              fly(flight, wish, anew);
            } catch (Throwable e) {
              // Whoever waits for the flight is told; a refresh is tried again by the next reader.
            }
          });
      return true;
    } catch (Throwable e) {
      // Rejected, or no thread to be had: no reason to leave a flight behind that never lands.
      flights.remove(wish.key(), flight);
      flight.abandoned(e);
      return false;
    }
  }

  /**
   * Loads, and hands the value to those who wait.
   *
   * @param anew whether to load even if there is a value
   */
  private Entry fly(Flight flight, Wish wish, boolean anew) throws Flight.Failed {
    try {
      Entry arrived = anew ? null : arrived(wish);
      if (arrived != null) {
        flights.remove(wish.key(), flight);
        flight.arrived(arrived);
        counters.coalesced.increment();
        return arrived;
      }
      Entry entry = anew ? loadAnew(wish) : loadAlone(wish);
      flights.remove(wish.key(), flight);
      flight.landed(entry);
      return entry;
    } catch (Throwable e) {
      flights.remove(wish.key(), flight);
      Throwable thrown = e instanceof Flight.Failed failed ? failed.thrown() : e;
      // A loader that was interrupted throws whatever it likes, but leaves the flag.
      if (Thread.currentThread().isInterrupted()) {
        flight.abandoned(thrown);
      } else {
        flight.failed(thrown, e instanceof Flight.Failed failed ? failed.entry() : null);
      }
      throw e;
    }
  }

  /** What another thread loaded, if it is of use here; its failure, if that is still true. */
  private @Nullable Entry shared(Flight other, Wish wish, Duration limit) throws Flight.Failed {
    try {
      Entry entry = other.await(wish.key(), limit);
      if (!isOfUse(entry, wish)) {
        return null;
      }
      counters.coalesced.increment();
      return entry;
    } catch (Flight.Failed e) {
      Entry failure = e.entry();
      if (other.isAbandoned() || (failure != null && !cache.isCurrent(wish.key(), failure))) {
        return null;
      }
      throw e;
    }
  }

  private boolean isOfUse(@Nullable Entry entry, Wish wish) {
    return entry != null && entry.isOf(wish.view().type()) && cache.isCurrent(wish.key(), entry);
  }

  /** Takes the value from a tier below memory, or else loads it on this thread. */
  Entry loadAlone(Wish wish) throws Flight.Failed {
    Entry stored = cache.fills().promoted(wish.key(), wish.view());
    return stored != null ? stored : loadAnew(wish);
  }

  /** Loads on this thread and fills the cache if the value is still current. */
  private Entry loadAnew(Wish wish) throws Flight.Failed {
    Entry entry = run(wish);
    keep(wish.key(), entry, wish.view());
    return entry;
  }

  /** Loads on this thread and fills nothing. */
  Entry run(Wish wish) throws Flight.Failed {
    // Before the load: its value holds at least every commit up to here.
    long stamp = cache.ledger().seq();
    long begun = System.nanoTime();
    long now = clock.millis();
    CachePolicy policy = wish.view().policy();
    TagSet tags = wish.own();
    long expiresAt = NEVER;
    Object value;
    try (LoadFrame frame = LoadFrame.enter(cache, Set.of(wish.key()))) {
      try {
        value = wish.view().kept(wish.loader().load());
      } finally {
        tags = tags.and(frame.tags());
        expiresAt = frame.expiresAt();
        counters.loaded(System.nanoTime() - begun);
      }
    } catch (Throwable e) {
      counters.loadFailures.increment();
      throw new Flight.Failed(e, failed(wish, tags, stamp, expiresAt, e));
    }
    Lifetime lifetime =
        lifetime(policy, value == null, now, System.nanoTime() - begun).until(expiresAt);
    return Entry.of(value, wish.view().type(), tags, stamp, lifetime, clock.millis());
  }

  /** Those that a tier below memory has; they are taken out of the wishes. */
  <K> Map<K, Entry> stored(Map<K, TagSet> wishes, TypedCache<?> view) {
    Map<K, Entry> found = new LinkedHashMap<>();
    for (K key : List.copyOf(wishes.keySet())) {
      Entry entry = cache.fills().promoted(key, view);
      if (entry != null) {
        wishes.remove(key);
        found.put(key, entry);
        LoadFrame.depends(cache.ledger(), key, entry);
      }
    }
    return found;
  }

  /** Loads several values on this thread and fills the cache with those that are still current. */
  <K> Map<K, Entry> all(Map<K, TagSet> wishes, BulkLoader<K, ?> loader, TypedCache<?> view)
      throws Flight.Failed {
    long stamp = cache.ledger().seq();
    long begun = System.nanoTime();
    long now = clock.millis();
    Map<K, @Nullable Object> values = new LinkedHashMap<>();
    TagSet found = TagSet.NONE;
    long expiresAt = NEVER;
    try (LoadFrame frame = LoadFrame.enter(cache, wishes.keySet())) {
      try {
        Map<K, ?> loaded =
            Objects.requireNonNull(
                loader.load(wishes.keySet()), "the loader returned null and not a map");
        wishes.keySet().forEach(key -> values.put(key, view.kept(loaded.get(key))));
      } finally {
        found = frame.tags();
        expiresAt = frame.expiresAt();
        counters.loaded(System.nanoTime() - begun);
      }
    } catch (Throwable e) {
      counters.loadFailures.increment();
      interrupt(e);
      depends(wishes, found, expiresAt);
      throw new Flight.Failed(e, null);
    }
    depends(wishes, found, expiresAt);
    long nanos = System.nanoTime() - begun;
    Map<K, Entry> entries = new LinkedHashMap<>();
    for (Map.Entry<K, TagSet> wish : wishes.entrySet()) {
      Object value = values.get(wish.getKey());
      TagSet tags = wish.getValue().and(found);
      Lifetime lifetime = lifetime(view.policy(), value == null, now, nanos).until(expiresAt);
      Entry entry = Entry.of(value, view.type(), tags, stamp, lifetime, clock.millis());
      keep(wish.getKey(), entry, view);
      entries.put(wish.getKey(), entry);
    }
    return entries;
  }

  private void depends(Map<?, TagSet> wishes, TagSet found, long expiresAt) {
    wishes.forEach((key, own) -> LoadFrame.depends(cache.ledger(), key, own.and(found), expiresAt));
  }

  /** Caches a value that was computed elsewhere, if it is still current. */
  boolean put(Object key, Object value, TypedCache<?> view, TagSet tags, Stamp stamp) {
    Lifetime lifetime = lifetime(view.policy(), false, stamp.millis(), 0).until(stamp.latest());
    Object kept = view.kept(value);
    long seq = stamp.seq(cache.ledger());
    return cache
        .fills()
        .fill(key, Entry.of(kept, view.type(), tags, seq, lifetime, clock.millis()), view.levels());
  }

  private void keep(Object key, Entry entry, TypedCache<?> view) {
    if (entry.isSpoiled()) {
      return;
    }
    // That nothing is there ends when something is written, which is known by the tags alone.
    if (entry.value != null || (!view.policy().negative().isZero() && entry.tags.size() > 0)) {
      cache.fills().fill(key, entry, view.levels());
    } else {
      cache.fills().forget(key, entry);
    }
  }

  /** A failure as an entry, which is remembered if the policy says so. */
  private Failure failed(Wish wish, TagSet tags, long stamp, long expiresAt, Throwable e) {
    interrupt(e);
    long now = clock.millis(); // The time that it took to fail is over.
    long millis = wish.view().policy().failures().toMillis();
    long until = now + (millis << Math.min(wish.failures(), MOST_DOUBLINGS));
    // Kept a while after its time, so that the next failure knows that it is one.
    int known = (int) Math.min(Integer.MAX_VALUE, 2 * (until - now));
    Lifetime lifetime = new Lifetime(now, until, until, known, 0).until(expiresAt);
    Failure entry =
        new Failure(e, wish.failures() + 1, wish.view().type(), tags, stamp, lifetime, expiresAt);
    if (millis > 0 && e instanceof Exception && !Thread.currentThread().isInterrupted()) {
      cache.fills().remember(wish.key(), entry);
    }
    return entry;
  }

  private static void interrupt(Throwable e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
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
