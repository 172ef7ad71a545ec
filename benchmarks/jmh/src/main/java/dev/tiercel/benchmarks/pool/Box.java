package dev.tiercel.benchmarks.pool;

import com.zaxxer.hikari.util.ConcurrentBag.IConcurrentBagEntry;
import java.util.concurrent.atomic.AtomicInteger;
import stormpot.Poolable;
import stormpot.Slot;

/** What is pooled: an object with one number in it, in the shape that each peer asks for. */
final class Box implements Poolable, IConcurrentBagEntry {
  final Slot slot;
  private final AtomicInteger state = new AtomicInteger();
  long value = 1;

  Box() {
    this(null);
  }

  Box(Slot slot) {
    this.slot = slot;
  }

  @Override
  public void release() {
    slot.release(this);
  }

  @Override
  public boolean compareAndSet(int expected, int next) {
    return state.compareAndSet(expected, next);
  }

  @Override
  public void setState(int next) {
    state.set(next);
  }

  @Override
  public int getState() {
    return state.get();
  }
}
