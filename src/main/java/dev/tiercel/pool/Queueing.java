package dev.tiercel.pool;

import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How a thread waits for an object: it joins the line, looks around once more, spins a little if it
 * is the first, and parks.
 *
 * <p>It looks again from time to time, because a way back that began before it came is not fenced
 * (see {@link WaitLine}): the first one soon and then every few milliseconds, the others seldom,
 * for an object that is missed is missed in the moment in which the first one joins.
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

  Queueing(ObjectPoolBuilder<T> settings, Stock<T> stock) {
    this.pool = settings.name;
    this.spinNanos = settings.spinNanos;
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
    WaitLine<T> line = stock.line;
    Waiter<T> waiter = line.join();
    try {
      Place<T> place = await(waiter, began, nanos);
      stock.tally.waited(System.nanoTime() - began);
      return place;
    } finally {
      line.leave(waiter);
      if (stock.places.hasVacant()) {
        line.wakeFirst(); // It may have been this one who was told of the room.
      }
    }
  }

  private Place<T> await(Waiter<T> waiter, long began, long nanos) {
    long pause = SPIN;
    boolean spun = false;
    while (true) {
      Place<T> place = lookAround(waiter);
      if (place != null) {
        return place;
      }
      long left = nanos - (System.nanoTime() - began);
      boolean interrupted = Thread.currentThread().isInterrupted();
      if (left <= 0 || interrupted || stock.line.isClosed()) {
        place = waiter.stop();
        if (place != null) {
          return place;
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
        LockSupport.parkNanos(this, Math.min(left, first ? pause : Math.max(pause, FIRST_LOOKS)));
        pause = Math.min(2 * pause, first ? FIRST_LOOKS : OTHERS_LOOK);
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
            + "' are leased, and none came back"
            + within
            + "; give them back sooner, or allow more by maxSize");
  }

  private void spin(Waiter<T> waiter, long nanos) {
    long until = System.nanoTime() + nanos;
    while (waiter.handed() == null && System.nanoTime() - until < 0) {
      Thread.onSpinWait();
    }
  }

  /** What was handed over, or is free, or can be made; one of them, the others are passed on. */
  private @Nullable Place<T> lookAround(Waiter<T> waiter) {
    Place<T> handed = waiter.handed();
    if (handed != null) {
      return handed;
    }
    Place<T> free = stock.places.leaseAny();
    Place<T> vacant = free == null ? stock.places.holdVacant() : null;
    if (free == null && vacant == null) {
      return null;
    }
    handed = waiter.stop();
    if (handed == null) {
      return free != null ? free : stock.fill(Objects.requireNonNull(vacant));
    }
    if (free != null) {
      stock.giveBack(free);
    } else if (vacant != null) {
      stock.giveUp(vacant);
    }
    return handed;
  }
}
