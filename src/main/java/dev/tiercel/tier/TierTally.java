package dev.tiercel.tier;

import java.util.concurrent.atomic.LongAdder;

/** What a tier counts. Thread-safe. */
final class TierTally {
  final LongAdder evicted = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder damaged = new LongAdder();
}
