package dev.tiercel.cache;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens in a cache. Thread-safe. */
final class Counters {
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder expiredServed = new LongAdder();
  final LongAdder staleRejected = new LongAdder();
  final LongAdder bypassed = new LongAdder();
  final LongAdder coalesced = new LongAdder();
  final LongAdder loads = new LongAdder();
  final LongAdder loadFailures = new LongAdder();
  final LongAdder loadNanos = new LongAdder();
  final LongAdder refreshes = new LongAdder();
  final LongAdder evictedForRoom = new LongAdder();
  final LongAdder evictedExpired = new LongAdder();
  final LongAdder evictedInvalidated = new LongAdder();
  final LongAdder puts = new LongAdder();
  final LongAdder byTags = new LongAdder();
  final LongAdder byKey = new LongAdder();
  final LongAdder byPrefix = new LongAdder();
  final LongAdder byPattern = new LongAdder();
  final LongAdder everything = new LongAdder();
  final Watches watches = new Watches();

  void loaded(long nanos) {
    loads.increment();
    loadNanos.add(nanos);
    watches.loaded(nanos);
  }

  CacheStats snapshot(MemoryTier memory) {
    InvalidationKinds kinds =
        new InvalidationKinds(
            byTags.sum(), byKey.sum(), byPrefix.sum(), byPattern.sum(), everything.sum());
    return new CacheStats(
        hits.sum(),
        misses.sum(),
        expiredServed.sum(),
        staleRejected.sum(),
        bypassed.sum(),
        coalesced.sum(),
        loads.sum(),
        loadFailures.sum(),
        Duration.ofNanos(loadNanos.sum()),
        refreshes.sum(),
        evictedForRoom.sum(),
        evictedExpired.sum(),
        evictedInvalidated.sum(),
        kinds.tags() + kinds.keys() + kinds.prefixes() + kinds.patterns() + kinds.everything(),
        memory.size(),
        memory.weight(),
        puts.sum(),
        kinds);
  }
}
