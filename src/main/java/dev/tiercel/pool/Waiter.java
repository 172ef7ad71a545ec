package dev.tiercel.pool;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One thread that waits, and what it was handed. Either it is handed a place or it left before,
 * never both.
 *
 * @param <T> the type of the objects
 */
final class Waiter<T> {
  private static final Place<?> GONE = new Place<>(PlaceState.HELD, false);

  final Thread thread = Thread.currentThread();
  private final AtomicReference<@Nullable Place<T>> handed = new AtomicReference<>();

  boolean hand(Place<T> place) {
    if (!handed.compareAndSet(null, place)) {
      return false;
    }
    LockSupport.unpark(thread);
    return true;
  }

  @Nullable Place<T> handed() {
    return handed.get();
  }

  /**
   * From here on nothing is handed over.
   *
   * @return what was before, or null
   */
  @SuppressWarnings("unchecked") // Never handed out.
  @Nullable Place<T> stop() {
    return handed.compareAndSet(null, (Place<T>) GONE) ? null : handed.get();
  }
}
