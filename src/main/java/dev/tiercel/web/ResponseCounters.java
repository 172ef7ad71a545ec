package dev.tiercel.web;

import java.util.concurrent.atomic.LongAdder;

/** Counts for {@link ResponseCacheStats}. Thread-safe. */
final class ResponseCounters {
  final LongAdder hits = new LongAdder();
  final LongAdder stale = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder revalidated = new LongAdder();
  final LongAdder passed = new LongAdder();
  final LongAdder collapsed = new LongAdder();
  final LongAdder stored = new LongAdder();
  final LongAdder unstored = new LongAdder();
  final LongAdder invalidations = new LongAdder();

  ResponseCacheStats snapshot() {
    return new ResponseCacheStats(
        hits.sum(),
        stale.sum(),
        misses.sum(),
        revalidated.sum(),
        passed.sum(),
        collapsed.sum(),
        stored.sum(),
        unstored.sum(),
        invalidations.sum());
  }
}
