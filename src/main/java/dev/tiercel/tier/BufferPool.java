package dev.tiercel.tier;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Buffers outside the heap, each used by one thread after the other. One is made when none is free,
 * so there are as many as were in use at once. That has a bound: who comes when all are in use gets
 * one on the heap, which is slower. Thread-safe.
 */
final class BufferPool {
  /** The size of each: what fits is read at once. */
  static final int BYTES = 128 << 10;

  private static final int SLOTS = 32;

  private final AtomicReferenceArray<@Nullable ByteBuffer> free = new AtomicReferenceArray<>(SLOTS);
  private final AtomicInteger made = new AtomicInteger();

  ByteBuffer take() {
    int home = home();
    for (int i = 0; i < SLOTS; i++) {
      int slot = (home + i) & (SLOTS - 1); // At home lies the one that this thread gave last.
      ByteBuffer buffer = free.get(slot) == null ? null : free.getAndSet(slot, null);
      if (buffer != null) {
        return buffer.clear();
      }
    }
    return made.get() < SLOTS && made.incrementAndGet() <= SLOTS
        ? ByteBuffer.allocateDirect(BYTES)
        : ByteBuffer.allocate(BYTES);
  }

  void give(ByteBuffer buffer) {
    if (buffer.isDirect()) {
      int slot = home();
      while (!free.compareAndSet(slot & (SLOTS - 1), null, buffer)) {
        slot++; // There are as many slots as buffers.
      }
    }
  }

  private static int home() {
    return (int) Thread.currentThread().getId() & (SLOTS - 1);
  }
}
