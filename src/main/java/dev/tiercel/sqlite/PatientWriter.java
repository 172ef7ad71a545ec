package dev.tiercel.sqlite;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.BusyHandler;

/**
 * Waits for a lock that another process holds. SQLite's own handler sleeps up to 100 ms between two
 * tries and starves beside a process that writes all the time; short random pauses get their turn.
 */
final class PatientWriter extends BusyHandler {
  private static final long SHORTEST_PAUSE_NANOS = 50_000;
  private static final long LONGEST_PAUSE_NANOS = 1_000_000;

  private final long timeoutNanos;
  private long since; // Guarded by: the connection, which is used by one thread at a time

  PatientWriter(long timeoutNanos) {
    this.timeoutNanos = timeoutNanos;
  }

  @Override
  protected int callback(int tries) {
    long now = System.nanoTime();
    if (tries == 0) {
      since = now;
    } else if (now - since > timeoutNanos) {
      return 0;
    }
    // With the flag set a park returns at once, and this would spin until the lock is free.
    boolean interrupted = Thread.interrupted();
    LockSupport.parkNanos(
        ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE_NANOS, LONGEST_PAUSE_NANOS));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return 1;
  }
}
