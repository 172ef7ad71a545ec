package dev.tiercel.web;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Remembers for a while which targets were not worth waiting for, because what came could not be
 * kept. A fixed table that forgets: a wrong answer costs a wait, or a request more. Thread-safe.
 */
final class PassMemory {
  private static final int SLOTS = 1 << 12;
  private static final long SECONDS = 10;

  /* The upper half is of the hash, the lower half the second until when. */
  private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

  void passed(String target, long nowSeconds) {
    int hash = target.hashCode();
    slots.setOpaque(slot(hash), ((long) hash << 32) | ((nowSeconds + SECONDS) & 0xffff_ffffL));
  }

  void kept(String target) {
    int hash = target.hashCode();
    int slot = slot(hash);
    long known = slots.getOpaque(slot);
    if (known != 0 && (int) (known >> 32) == hash) {
      slots.compareAndSet(slot, known, 0);
    }
  }

  boolean isPassed(String target, long nowSeconds) {
    int hash = target.hashCode();
    long known = slots.getOpaque(slot(hash));
    long left = (known & 0xffff_ffffL) - nowSeconds;
    return known != 0 && (int) (known >> 32) == hash && left > 0 && left <= SECONDS;
  }

  private static int slot(int hash) {
    return (hash ^ (hash >>> 16)) & (SLOTS - 1);
  }
}
