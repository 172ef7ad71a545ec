package dev.tiercel.task;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Draws time-ordered ids: UUID version 7 (RFC 9562, section 5.7) with the 12 bits of {@code rand_a}
 * as a counter (section 6.2, method 1), so that ids of one process sort in the order in which they
 * were drawn.
 */
final class TaskIds {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final AtomicLong LAST = new AtomicLong(); // 48 bits of milliseconds, 12 of counter

  private TaskIds() {}

  static String next() {
    long now = System.currentTimeMillis() << 12;
    // A full counter runs into the next millisecond, and a clock that goes back is waited out.
    long drawn = LAST.updateAndGet(last -> Math.max(last + 1, now));
    long high = (drawn >>> 12) << 16 | 0x7000L | (drawn & 0xfffL);
    long low = (RANDOM.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }
}
