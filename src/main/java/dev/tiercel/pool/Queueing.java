package dev.tiercel.pool;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How a thread waits for an object: it joins the line, looks around once more, spins a little if it
 * is the first, and parks.
 *
 * <p>It looks again from time to time, because a way back that began before it came is not fenced
 * (see {@link WaitLine}): soon, and then every few milliseconds if it is the first, every tenth of
 * a second if not. An object is missed in the moment in which the first one joins, hardly later.
 *
 * @param <T> the type of the objects
 */
final class Queueing<T> {
  static final long SPIN = 20_000;
  private static final long FIRST_LOOKS = 5_000_000;
  private static final long OTHERS_LOOK = 100_000_000;

  private final String pool;
  private final Stock<T> stock;
  private final long spinNanos;
  private final boolean looksAgain;

  Queueing(ObjectPoolBuilder<T> settings, Stock<T> stock) {
    this.pool = settings.name;
    this.spinNanos = settings.spinNanos;
    this.looksAgain = settings.looksAgain;
    this.stock = stock;
  }

  /**
   * Waits for an object.
   *
   * @param nanos for how long; {@link Long#MAX_VALUE} is without end
   * @throws PoolExhaustedException if the time is over
   * @throws PoolInterruptedException if the thread is interrupted
   * @throws PoolClosedException if the pool is closed meanwhile
   * @throws PoolCreationException if there was room, and the factory failed
   */
  Place<T> await(long nanos) {
    long began = System.nanoTime();
    Waiter<T> waiter = stock.line.join();
    Place<T> held;
    try {
      held = await(waiter, began, nanos);
    } finally {
      stock.line.removeWaiter();
    }
    stock.tally.waited(System.nanoTime() - began);
    return stock.begin(held);
  }

  private Place<T> await(Waiter<T> waiter, long began, long nanos) {
    long pause = SPIN;
    boolean spun = false;
    while (true) {
      Place<T> held = lookAround(waiter);
      if (held != null) {
        return held;
      }
      long left = nanos - (System.nanoTime() - began);
      boolean interrupted = Thread.currentThread().isInterrupted();
      if (left <= 0 || interrupted || stock.line.isClosed()) {
        held = stock.line.withdraw(waiter);
        if (held != null) {
          return held;
        }
        stock.requireOpen();
        if (interrupted) {
          throw new PoolInterruptedException(pool);
        }
        throw exhausted(" within " + nanos / 1e6 + " ms");
      }
      boolean first = stock.line.isFirst(waiter);
      if (first && !spun) {
        spin(waiter, Math.min(left, spinNanos));
        spun = true;
      } else {
        LockSupport.parkNanos(this, looksAgain ? Math.min(left, pause) : left);
        pause = first ? Math.min(2 * pause, FIRST_LOOKS) : OTHERS_LOOK;
      }
    }
  }

  PoolExhaustedException exhausted(String within) {
    stock.tally.refused.increment();
    return new PoolExhaustedException(
        "all "
            + stock.places.all.length
            + " objects of the pool '"
            + pool
            + "' are in use, and none came back"
            + within
            + "; give them back sooner, or allow more by maxSize");
  }

  private void spin(Waiter<T> waiter, long nanos) {
    long until = System.nanoTime() + nanos;
    while (waiter.handed() == null && System.nanoTime() - until < 0) {
      Thread.onSpinWait();
    }
  }

  /** What was handed over, or is free, or vacant; one of them, the others are passed on. */
  private @Nullable Place<T> lookAround(Waiter<T> waiter) {
    Place<T> handed = waiter.handed();
    if (handed != null || stock.line.isClosed()) {
      return handed;
    }
    Place<T> found = stock.places.holdAny();
    if (found == null) {
      return null;
    }
    handed = stock.line.withdraw(waiter);
    if (handed != null) {
      stock.pass(found);
    }
    return handed == null ? found : handed;
  }
}
