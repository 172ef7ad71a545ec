package dev.tiercel.pool;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What happened in a pool beside leases that were served at once; those count themselves. */
final class Tally {
  final LongAdder created = new LongAdder();
  final LongAdder creationFailures = new LongAdder();
  final LongAdder disposed = new LongAdder();
  final LongAdder disposalFailures = new LongAdder();
  final LongAdder expired = new LongAdder();
  final LongAdder invalid = new LongAdder();
  final LongAdder invalidated = new LongAdder();
  final LongAdder overflowed = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder waits = new LongAdder();
  final LongAdder waitNanos = new LongAdder();
  final AtomicLong longestWaitNanos = new AtomicLong();
  volatile int suspected;

  void waited(long nanos) {
    waits.increment();
    waitNanos.add(nanos);
    longestWaitNanos.accumulateAndGet(nanos, Math::max);
  }
}
