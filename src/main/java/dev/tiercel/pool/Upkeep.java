package dev.tiercel.pool;

import static dev.tiercel.pool.PlaceState.FREE;
import static dev.tiercel.pool.PlaceState.LEASED;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks over the places from time to time, so that no lease has to: takes out what is too old, idle
 * for too long or broken, makes what is to be there, and tells of what does not come back.
 *
 * <p>How long a place is idle or leased is known as exactly as it looks: a lease leaves no time
 * behind, only one more use.
 *
 * @param <T> the type of the objects
 */
final class Upkeep<T> {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectPool.class);

  private final String pool;
  private final Stock<T> stock;
  private final LongSupplier ticker;
  private final long maxAge;
  private final long idleTimeout;
  private final long leakAfter;
  private final int minIdle;

  Upkeep(ObjectPoolBuilder<T> settings, Stock<T> stock) {
    this.pool = settings.name;
    this.stock = stock;
    this.ticker = settings.ticker;
    this.maxAge = settings.maxAge;
    this.idleTimeout = settings.idleTimeout;
    this.leakAfter = settings.leakAfter;
    this.minIdle = settings.minIdle;
  }

  /** Looks over all places once. Not for two threads at once. */
  void run() {
    long now = ticker.getAsLong();
    int spare = stock.places.count(FREE) - minIdle;
    boolean worn = false;
    int suspected = 0;
    for (Place<T> place : stock.places.all) {
      if (stock.line.isClosed()) {
        return;
      }
      long state = place.state;
      see(place, state, now);
      if (state == FREE) {
        spare -= lookAfterFree(place, now, spare > 0) ? 1 : 0;
      } else if (state == LEASED) {
        worn |= now - place.madeAt >= maxAge;
        suspected += isSuspected(place, now) ? 1 : 0;
      }
    }
    stock.line.setWorn(worn); // Then whoever gives something back looks at its age.
    stock.tally.suspected = suspected;
    refill();
  }

  private void see(Place<T> place, long state, long now) {
    if (place.seenState != state || place.seenUses != place.uses) {
      place.seenState = state;
      place.seenUses = place.uses;
      place.seenSince = now;
      place.suspected = false;
    }
  }

  /** Returns whether the object was taken out. */
  private boolean lookAfterFree(Place<T> place, long now, boolean spare) {
    long idle = Math.min(now - place.seenSince, now - place.madeAt);
    boolean expired = now - place.madeAt >= maxAge || (spare && idle >= idleTimeout);
    if ((!expired && !stock.care.validates()) || !place.hold()) {
      return false;
    }
    if (expired) {
      stock.discard(place, stock.tally.expired);
      return true;
    }
    boolean valid = false;
    try {
      valid = stock.care.isValid(place.held());
    } finally {
      if (valid) {
        stock.pass(place);
      } else {
        stock.discard(place, stock.tally.invalid);
      }
    }
    return !valid;
  }

  private boolean isSuspected(Place<T> place, long now) {
    long leasedFor = now - place.seenSince;
    if (leasedFor < leakAfter) {
      return false;
    }
    if (!place.suspected) {
      place.suspected = true;
      tell(leasedFor, place.borrower);
    }
    return true;
  }

  private void tell(long leasedFor, @Nullable Throwable borrower) {
    String held = TimeUnit.NANOSECONDS.toMillis(leasedFor) + " ms";
    if (borrower == null) {
      LOG.warn(
          "an object of the pool '{}' has been leased for {} and may be lost; traceBorrowers(1)"
              + " tells who has it",
          pool,
          held);
    } else {
      LOG.warn("an object of the pool '{}' has been leased for {}", pool, held, borrower);
    }
  }

  private void refill() {
    for (int missing = minIdle - stock.places.count(FREE); missing > 0; missing--) {
      Place<T> vacant = stock.places.holdVacant();
      if (vacant == null) {
        return;
      }
      try {
        stock.fill(vacant);
        stock.pass(vacant);
      } catch (PoolClosedException e) {
        return;
      } catch (Throwable e) {
        LOG.warn("an object that the pool '{}' is to have ready was not made", pool, e);
        return;
      }
    }
  }
}
