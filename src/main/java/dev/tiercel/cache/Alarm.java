package dev.tiercel.cache;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Warns of what happened to the log behind the ledger's back, but not all the time. Used by one
 * thread at a time.
 */
final class Alarm {
  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final Consumer<String> out;
  private final LongSupplier nanoTime;

  // Mutable state.
  private boolean warnedOfCommit;
  private long lastWarning;
  private boolean warnedOfRow;

  Alarm(Consumer<String> out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
  }

  void foreignCommit() {
    long now = nanoTime.getAsLong();
    if (!warnedOfCommit || now - lastWarning >= PAUSE_NANOS) {
      warnedOfCommit = true;
      lastWarning = now;
      out.accept(
          "Another connection committed to the database of this ledger. What it changed is not known,"
              + " so whatever was cached before is void. Let the process that owns the caches do all"
              + " the writing, or use the repository without caches");
    }
  }

  void unreadable(long seq) {
    if (!warnedOfRow) {
      warnedOfRow = true;
      out.accept(
          "Row "
              + seq
              + " of tiercel_log cannot be read, so whatever was cached before it is void; if nobody"
              + " wrote to that table, check the database for damage");
    }
  }
}
