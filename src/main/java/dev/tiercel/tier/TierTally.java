package dev.tiercel.tier;

import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;

/** What a tier counts. Thread-safe. */
final class TierTally {
  final LongAdder evicted = new LongAdder();
  final LongAdder refused = new LongAdder();
  final Damage damaged;

  TierTally(Path place) {
    this.damaged = new Damage(place);
  }
}
