package dev.tiercel.cache;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A loader that is held on its way until the test lets it go on. */
final class HeldLoader<V> implements CacheLoader<V> {
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger calls = new AtomicInteger();
  private final CacheLoader<V> work;

  private HeldLoader(CacheLoader<V> work) {
    this.work = work;
  }

  /** Reads its value before it is held, as a loader does that is slow to come back. */
  static <V> HeldLoader<V> of(V value) {
    return new HeldLoader<>(() -> value);
  }

  /** Does its work when it is let go. */
  static <V> HeldLoader<V> then(CacheLoader<V> work) {
    return new HeldLoader<>(work);
  }

  @Override
  public V load() throws Exception {
    calls.incrementAndGet();
    entered.countDown();
    if (!released.await(1, TimeUnit.MINUTES)) {
      throw new AssertionError("the loader was never released");
    }
    return work.load();
  }

  /** Waits until the loader runs. */
  HeldLoader<V> awaitEntered() throws InterruptedException {
    if (!entered.await(1, TimeUnit.MINUTES)) {
      throw new AssertionError("the loader was never called");
    }
    return this;
  }

  void release() {
    released.countDown();
  }

  int calls() {
    return calls.get();
  }
}
