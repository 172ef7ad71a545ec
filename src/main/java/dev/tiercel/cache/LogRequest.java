package dev.tiercel.cache;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A change that is to be logged although no row of the data changes. It takes the place of a row in
 * a write, and so shares its commit with the data.
 *
 * @param raise what is to be void; nothing, to have a look only
 * @param isRow whether a row is to be logged even if nothing was found out
 * @param at takes the number of the commit, known when the write returns
 */
record LogRequest(Raise raise, boolean isRow, AtomicLong at) {
  static LogRequest of(Raise raise) {
    return new LogRequest(raise, true, new AtomicLong());
  }

  static LogRequest look() {
    return new LogRequest(Raise.NONE, false, new AtomicLong());
  }
}
