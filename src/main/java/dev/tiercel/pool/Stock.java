package dev.tiercel.pool;

import static dev.tiercel.pool.PlaceState.FREE;
import static dev.tiercel.pool.PlaceState.HELD;
import static dev.tiercel.pool.PlaceState.LEASED;
import static dev.tiercel.pool.PlaceState.VACANT;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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
  final Queue<Throwable> failuresAfterClose = new ConcurrentLinkedQueue<>();
  private final Set<Place<T>> overflow = ConcurrentHashMap.newKeySet();
  private final String name;
  private final LongSupplier ticker;
  private final long maxAge;
  private final boolean homely;

  Stock(ObjectPoolBuilder<T> settings) {
    this.name = settings.name;
    this.places = new Places<>(settings.maxSize);
    this.care = new ObjectCare<>(settings, tally);
    this.ticker = settings.ticker;
    this.maxAge = settings.maxAge;
    this.homely = settings.traceEvery == 0;
    if (!homely) {
      places.leaveHomes(); // Each lease comes the long way, where its place is noted.
    }
  }

  /**
   * Leases what is free, or makes an object where there is room.
   *
   * @return null if everything is in use
   * @throws PoolClosedException if the pool is closed
   */
  @Nullable Place<T> lease() {
    requireOpen();
    Place<T> place = places.leaseAny();
    if (place == null) {
      Place<T> vacant = places.holdVacant();
      place = vacant == null ? null : begin(vacant);
    }
    return place == null ? null : settled(place);
  }

  Place<T> settled(Place<T> place) {
    if (homely) {
      places.settle(place, line);
    }
    return place;
  }

  /** Leases a held place to the caller; an object is made for it if it has none. */
  Place<T> begin(Place<T> held) {
    if (line.isClosed()) {
      pass(held);
      requireOpen();
    }
    if (held.object == null) {
      fill(held);
    }
    held.set(LEASED);
    return held;
  }

  /** Makes an object for a held place, which is passed on if that fails. */
  void fill(Place<T> held) {
    boolean filled = false;
    try {
      held.madeAt = ticker.getAsLong();
      held.object = care.create();
      requireOpen();
      filled = true;
    } finally {
      if (!filled) {
        pass(held);
      }
    }
  }

  /** Makes an object that has no place. */
  Place<T> overflow() {
    Place<T> place = Place.beyond(care.create());
    tally.overflowed.increment();
    overflow.add(place);
    if (line.isClosed()) {
      place.set(HELD);
      discard(place, null);
      requireOpen();
    }
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
    if (freed.hold()) {
      pass(freed); // Otherwise whoever has it now will do so.
    }
  }

  /** Takes back an object whose way is longer: it is noted, to be reset, or beyond the bound. */
  void takeBack(Place<T> held) {
    held.borrower = null;
    boolean ready = false;
    try {
      ready = !held.beyond && care.reset(held.held());
    } finally {
      if (ready) {
        pass(held);
      } else {
        discard(held, held.beyond ? null : tally.invalid);
      }
    }
  }

  /**
   * Passes a held place on, with its object or without: to whoever waits first, or to whoever comes
   * next. An object that is too old, or that nobody may have any more, is disposed of before.
   */
  void pass(Place<T> held) {
    long next;
    do {
      if (held.object != null && (line.isClosed() || isTooOld(held))) {
        dispose(held, line.isClosed() ? null : tally.expired);
      }
      if (line.handOver(held)) {
        return;
      }
      next = held.object == null ? VACANT : FREE;
      places.set(held, next);
      VarHandle.fullFence(); // Whoever joins the line after this finds it.
    } while (isWanted(next) && places.hold(held, next));
  }

  private boolean isWanted(long state) {
    return !line.isEmpty() || (state == FREE && line.isClosed());
  }

  boolean isTooOld(Place<T> place) {
    return maxAge != Long.MAX_VALUE && ticker.getAsLong() - place.madeAt >= maxAge;
  }

  /**
   * Disposes of the object in a held place, and passes the room on.
   *
   * @param why counts it, or null
   */
  void discard(Place<T> held, @Nullable LongAdder why) {
    try {
      dispose(held, why);
    } finally {
      if (!held.beyond) {
        pass(held);
      }
    }
  }

  private void dispose(Place<T> held, @Nullable LongAdder why) {
    T object = held.held();
    if (why != null) {
      why.increment();
    }
    try {
      Throwable failure = care.dispose(object);
      if (failure != null && line.isClosed()) {
        failuresAfterClose.add(failure);
      }
    } finally {
      held.object = null;
      held.borrower = null;
      if (held.beyond) {
        overflow.remove(held);
      }
    }
  }

  /**
   * Takes the place of an object from who has it, and holds it.
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
    return place;
  }

  /** Who has objects now, as far as it is noted. */
  List<Throwable> borrowers() {
    List<Throwable> found = new ArrayList<>();
    List<Place<T>> all = new ArrayList<>(List.of(places.all));
    all.addAll(overflow);
    for (Place<T> place : all) {
      Throwable borrower = place.borrower;
      if (borrower != null && place.state == LEASED) {
        found.add(borrower);
      }
    }
    return found;
  }
}
