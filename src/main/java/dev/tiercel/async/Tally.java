package dev.tiercel.async;

import java.util.concurrent.atomic.LongAdder;

/** How calls ended, counted. Each call is counted once. */
final class Tally {
  final LongAdder completed = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder cancelled = new LongAdder();
  final LongAdder timedOut = new LongAdder();
  final LongAdder rejected = new LongAdder();

  AsyncStats with(int running, int waiting, int streams) {
    return new AsyncStats(
        running,
        waiting,
        streams,
        completed.sum(),
        failed.sum(),
        cancelled.sum(),
        timedOut.sum(),
        rejected.sum());
  }
}
