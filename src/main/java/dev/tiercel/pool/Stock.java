package dev.tiercel.pool;

import static dev.tiercel.pool.PlaceState.FREE;
import static dev.tiercel.pool.PlaceState.HELD;
import static dev.tiercel.pool.PlaceState.LEASED;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings objects into places, out of them, and on to the next one who wants them: all of a pool
 * beside the short way that a lease takes when its home is free.
 *
 * @param <T> the type of the objects
 */
final class Stock<T> {
  final Places<T> places;
  final WaitLine<T> line = new WaitLine<>();
  final ObjectCare<T> care;
  final Tally tally = new Tally();
  private final Set<Place<T>> overflow = ConcurrentHashMap.newKeySet();
  private final String name;
  private final LongSupplier ticker;
  private final boolean homely;

  Stock(ObjectPoolBuilder<T> settings) {
    this.name = settings.name;
    this.places = new Places<>(settings.maxSize);
    this.care = new ObjectCare<>(settings, tally);
    this.ticker = settings.ticker;
    this.homely = settings.traceEvery == 0;
    if (!homely) {
      places.leaveHomes(); // Each lease comes the long way, where its place is noted.
    }
  }

  /**
   * Leases what is free, or makes an object where there is room.
   *
   * @return null if everything is leased
   * @throws PoolClosedException if the pool is closed
   */
  @Nullable Place<T> lease() {
    requireOpen();
    Place<T> place = places.leaseAny();
    if (place == null) {
      Place<T> vacant = places.holdVacant();
      place = vacant == null ? null : fill(vacant);
    }
    return place == null ? null : settled(place);
  }

  Place<T> settled(Place<T> place) {
    if (homely) {
      places.settle(place, line);
    }
    return place;
  }

  /** Makes an object for a held place, which is leased then; it is given up if that fails. */
  Place<T> fill(Place<T> held) {
    try {
      held.object = care.create();
    } finally {
      if (held.object == null) {
        giveUp(held);
      }
    }
    held.madeAt = ticker.getAsLong();
    held.worn = false;
    held.set(LEASED);
    if (line.isClosed()) {
      discard(held, null);
      requireOpen();
    }
    return held;
  }

  /** Makes an object that has no place. */
  Place<T> overflow() {
    Place<T> place = Place.beyond(care.create());
    tally.overflowed.increment();
    overflow.add(place);
    return place;
  }

  int overflowing() {
    return overflow.size();
  }

  void requireOpen() {
    if (line.isClosed()) {
      throw new PoolClosedException(name);
    }
  }

  /** Looks after a place that was set free while somebody needed attention. */
  void attend(Place<T> freed) {
    if (freed.lease()) {
      giveBack(freed); // Otherwise whoever has it now will do so.
    }
  }

  /** Takes back a leased object whose way is longer: noted, to be reset, or beyond the bound. */
  void takeBack(Place<T> leased) {
    leased.borrower = null;
    if (leased.beyond) {
      discard(leased, null);
    } else if (care.reset(leased.held())) {
      giveBack(leased);
    } else {
      discard(leased, tally.invalid);
    }
  }

  /** Hands a leased place to whoever waits, or sets it free. */
  void giveBack(Place<T> leased) {
    do {
      if (leased.worn || line.isClosed()) {
        discard(leased, leased.worn ? tally.expired : null);
        return;
      }
      if (line.handOver(leased)) {
        return;
      }
      leased.set(FREE);
      VarHandle.fullFence(); // Whoever joins the line after this finds it free.
    } while ((line.isClosed() || !line.isEmpty()) && leased.lease());
  }

  /**
   * Disposes of the object in a place that the caller has, and lets the first who waits use the
   * room.
   *
   * @param why counts it, or null
   * @return what the disposal threw, or null
   */
  @Nullable Throwable discard(Place<T> mine, @Nullable LongAdder why) {
    if (why != null) {
      why.increment();
    }
    T object = mine.held();
    mine.set(HELD);
    try {
      return care.dispose(object);
    } finally {
      if (mine.beyond) {
        overflow.remove(mine);
        mine.object = null;
      } else {
        giveUp(mine);
      }
    }
  }

  void giveUp(Place<T> held) {
    places.vacate(held);
    line.wakeFirst();
  }

  /**
   * The place of an object that somebody has, taken from him.
   *
   * @throws IllegalArgumentException if the pool does not know the object
   * @throws IllegalStateException if nobody has it
   */
  Place<T> takeFromBorrower(T object) {
    Place<T> place = places.of(object);
    for (Place<T> beyond : overflow) {
      place = beyond.object == object ? beyond : place;
    }
    if (place == null) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' does not know this "
              + object.getClass().getName()
              + "; release what this pool handed out, once");
    }
    boolean taken = place.change(LEASED, HELD);
    if (taken && place.object != object) { // It was replaced by another one that is leased.
      place.change(HELD, LEASED);
      taken = false;
    }
    if (!taken) {
      throw new IllegalStateException(
          "this "
              + object.getClass().getName()
              + " of the pool '"
              + name
              + "' is not leased; release it once");
    }
    place.uses++;
    place.set(LEASED);
    return place;
  }

  /** Who has objects now, as far as it is noted. */
  List<Throwable> borrowers() {
    List<Throwable> found = new ArrayList<>();
    for (Place<T> place : places.all) {
      Throwable borrower = place.borrower;
      if (borrower != null && place.state == LEASED) {
        found.add(borrower);
      }
    }
    return found;
  }
}
