package dev.tiercel.cache;

import dev.tiercel.cache.Entry.Failure;
import dev.tiercel.cache.Loads.Wish;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Answers the look-ups that are no plain hits. Thread-safe. */
final class Reads {
  /* How long an expired value is served without another try when its loader is slow or failed. */
  private static final long RETRY_MILLIS = 1_000;

  private final TieredCache cache;
  private final Loads loads;
  private final Counters counters;

  Reads(TieredCache cache, Loads loads, Counters counters) {
    this.cache = cache;
    this.loads = loads;
    this.counters = counters;
  }

  /** What is in the cache after all, if it may be served. */
  @Nullable Entry present(Object key, TypedCache<?> view) {
    Entry found = cache.cached(key);
    Miss.Reason reason = reason(key, found);
    if (reason == null && found != null) {
      return cache.served(key, found, cache.now());
    }
    missed(key, reason, found);
    Entry stored = reason == Miss.Reason.OFF ? null : cache.fills().promoted(key, view);
    if (stored != null) {
      LoadFrame.depends(cache.ledger(), key, stored);
    }
    return stored;
  }

  /** The value that a view wishes: from the cache, or from the loader. */
  Entry read(Wish wish) {
    LoadFrame.refuseReentry(cache, wish.key());
    Entry entry = lookUp(wish);
    LoadFrame.depends(cache.ledger(), wish.key(), entry);
    return entry;
  }

  private Entry lookUp(Wish wish) {
    Object key = wish.key();
    Entry found = cache.cached(key);
    if (found != null && !found.isOf(wish.view().type())) {
      found = null; // It was void a moment ago, and is replaced.
    }
    Miss.Reason reason = reason(key, found);
    if (reason == null && found != null) {
      return served(wish, found);
    }
    missed(key, reason, found);
    if (reason == Miss.Reason.OFF || reason == Miss.Reason.PENDING) {
      return bypass(wish);
    }
    if (cache.ledger().isInsideTransaction()) {
      counters.bypassed.increment();
      return bypass(wish);
    }
    if (reason == Miss.Reason.EXPIRED && found != null && !found.isOver(cache.now())) {
      return load(wish.after(found), found.failure() != null ? null : found);
    }
    if (cache.isPending(key, wish.own())) {
      counters.bypassed.increment();
      return bypass(wish);
    }
    return load(wish, null);
  }

  /** Why what was found may not be served as it is; null if it may. */
  private Miss.@Nullable Reason reason(Object key, @Nullable Entry found) {
    if (cache.isBypassed()) {
      return Miss.Reason.OFF;
    }
    if (found == null) {
      return Miss.Reason.ABSENT;
    }
    long verdict = cache.validate(key, found);
    if (verdict == Versions.PENDING) {
      return Miss.Reason.PENDING;
    }
    if (verdict == Versions.STALE) {
      return Miss.Reason.STALE;
    }
    long now = cache.now();
    return isExpired(found, now) || found.isOver(now) ? Miss.Reason.EXPIRED : null;
  }

  /* One that is served as a last resort is fresh for a while and expired all the same. */
  private static boolean isExpired(Entry found, long now) {
    return found.isExpired(now) && !found.isFresh(now);
  }

  private void missed(Object key, Miss.@Nullable Reason reason, @Nullable Entry found) {
    cache.missed(key, reason == null ? Miss.Reason.ABSENT : reason, found);
    if (reason == Miss.Reason.OFF || reason == Miss.Reason.PENDING) {
      counters.bypassed.increment();
    } else if (reason == Miss.Reason.STALE && found != null) {
      counters.staleRejected.increment();
      counters.evictedInvalidated.add(cache.drop(key, found) ? 1 : 0);
    } else if (reason == Miss.Reason.EXPIRED && found != null && found.isOver(cache.now())) {
      counters.evictedExpired.add(cache.drop(key, found) ? 1 : 0);
    }
  }

  /** Serves a value, and has it replaced when its time is nearly over. */
  private Entry served(Wish wish, Entry found) {
    long now = cache.now();
    if (!found.isFresh(now)) {
      loads.refreshSoon(wish.after(found));
    }
    return cache.served(wish.key(), found, now);
  }

  /** Goes to the loader as if there were no cache. */
  private Entry bypass(Wish wish) {
    try {
      return loads.run(wish);
    } catch (Flight.Failed e) {
      throw failed(wish, e);
    }
  }

  private Entry load(Wish wish, @Nullable Entry expired) {
    try {
      return wish.view().policy().isTimed() ? timed(wish, expired) : loads.load(wish);
    } catch (Flight.Failed e) {
      if (expired != null && cache.isCurrent(wish.key(), expired)) {
        return lastResort(expired);
      }
      throw failed(wish, e);
    } catch (RuntimeException e) {
      LoadFrame.spoil(cache.ledger()); // It did not wait, so it does not know.
      throw e;
    }
  }

  /* What is around it may go on without, and the load may have been on another thread. */
  private RuntimeException failed(Wish wish, Flight.Failed e) {
    Failure failure = e.entry();
    if (failure == null) {
      LoadFrame.spoil(cache.ledger());
    } else {
      LoadFrame.depends(cache.ledger(), wish.key(), failure.tags, failure.readUntil());
    }
    return failure(wish.key(), e);
  }

  private Entry timed(Wish wish, @Nullable Entry expired) throws Flight.Failed {
    CachePolicy policy = wish.view().policy();
    Duration soft = policy.softTimeout();
    Duration hard = policy.hardTimeout();
    boolean early = expired != null && !soft.isZero();
    Entry entry = loads.loadWithin(wish, early ? soft : hard);
    if (entry != null) {
      return entry;
    }
    if (expired != null && cache.isCurrent(wish.key(), expired)) {
      return lastResort(expired);
    }
    if (early) {
      entry = loads.loadWithin(wish, hard.isZero() ? hard : hard.minus(soft));
    }
    if (entry == null) {
      throw new CacheTimeoutException(
          "the load of key " + wish.key() + " took longer than " + hard + "; it goes on");
    }
    return entry;
  }

  /** Serves a value that is expired; the caller has made sure that no write made it void. */
  private Entry lastResort(Entry expired) {
    expired.spare(cache.now() + RETRY_MILLIS);
    counters.expiredServed.increment();
    return expired;
  }

  /** What a failed load looks like to the caller. */
  static RuntimeException failure(Object key, Flight.Failed e) {
    Throwable thrown = e.thrown();
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException unchecked
        ? unchecked
        : new CacheLoadException("the loader of key " + key + " failed: " + thrown, thrown);
  }
}
