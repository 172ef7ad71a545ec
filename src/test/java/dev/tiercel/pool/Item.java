package dev.tiercel.pool;

import java.util.concurrent.atomic.AtomicInteger;

/** What tests pool: it knows its number, who has it, and whether it is closed. */
final class Item implements AutoCloseable {
  private static final AtomicInteger MADE = new AtomicInteger();

  final int number = MADE.incrementAndGet();
  final AtomicInteger closed = new AtomicInteger();
  volatile Thread holder;
  long count; // Plain: its holders follow one another.

  boolean isClosed() {
    return closed.get() > 0;
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  @Override
  public String toString() {
    return "item " + number;
  }
}
