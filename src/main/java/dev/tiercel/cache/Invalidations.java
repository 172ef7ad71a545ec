package dev.tiercel.cache;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/** Voids what a cache holds, and counts by what it was named. Thread-safe. */
final class Invalidations {
  private final TieredCache cache;
  private final Ledger ledger;
  private final MemoryTier memory;
  private final Counters counters;
  private final Sweeps sweeps;

  Invalidations(TieredCache cache, MemoryTier memory, Counters counters, Sweeps sweeps) {
    this.cache = cache;
    this.ledger = cache.ledger();
    this.memory = memory;
    this.counters = counters;
    this.sweeps = sweeps;
  }

  Invalidation tags(Tags tags) {
    return raised(counters.byTags, ledger.raise(Raise.tags(tags.list())));
  }

  Invalidation key(Object key) {
    long seq = ledger.raise(Raise.key(key));
    Entry gone = memory.peek(key);
    boolean removed = gone != null && !cache.isCurrent(key, gone) && memory.remove(key, gone);
    long dropped = removed ? 1 : 0;
    counters.evictedInvalidated.add(dropped);
    return counted(counters.byKey, seq, dropped, CompletableFuture.completedStage(dropped));
  }

  Invalidation prefix(String prefix) {
    requireText("prefix", prefix);
    return TagSet.isSegmentPrefix(prefix)
        ? raised(counters.byPrefix, ledger.raise(Raise.segments(prefix)))
        : banned(counters.byPrefix, ledger.raise(Raise.pattern(Glob.prefix(prefix).toString())));
  }

  Invalidation pattern(String pattern) {
    requireText("pattern", pattern);
    return banned(counters.byPattern, ledger.raise(Raise.pattern(pattern)));
  }

  Invalidation everything() {
    return banned(counters.everything, ledger.raise(Raise.EVERYTHING));
  }

  long evictNow(String pattern) {
    requireText("pattern", pattern);
    Glob glob = Glob.of(pattern);
    long seq = ledger.raise(Raise.pattern(pattern));
    counters.byPattern.increment();
    return sweeps.now(seq, glob::matches);
  }

  private Invalidation raised(LongAdder kind, long seq) {
    return counted(kind, seq, 0, CompletableFuture.completedStage(0L));
  }

  private Invalidation banned(LongAdder kind, long seq) {
    return counted(kind, seq, 0, sweepEverywhere(seq));
  }

  private static Invalidation counted(
      LongAdder kind, long seq, long dropped, CompletionStage<Long> swept) {
    kind.increment();
    return new Invalidation(seq, dropped, swept);
  }

  private CompletionStage<Long> sweepEverywhere(long upTo) {
    if (cache.isClosed()) {
      ledger.sweepOthers(upTo, List.of());
      return CompletableFuture.completedStage(0L);
    }
    return sweeps.soon(upTo);
  }

  private static void requireText(String name, String text) {
    Objects.requireNonNull(text, name + " must not be null");
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          "an empty " + name + " would void everything; call invalidateAll() if that is meant");
    }
  }
}
