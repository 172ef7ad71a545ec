package dev.tiercel.pool;

import java.util.Objects;

/**
 * Holds one object of the pool, or room for one, on cache lines of its own.
 *
 * @param <T> the type of the objects
 */
@SuppressWarnings("unused") // The fields only take up room.
final class Place<T> extends PlaceState<T> {
  private long q00;
  private long q01;
  private long q02;
  private long q03;
  private long q04;
  private long q05;
  private long q06;
  private long q07;
  private long q08;
  private long q09;
  private long q10;
  private long q11;
  private long q12;
  private long q13;
  private long q14;
  private long q15;

  /** Beyond the bound of the pool: not one of its places, and of no use once its object is back. */
  final boolean beyond;

  Place(long state) {
    this(state, false);
  }

  private Place(long state, boolean beyond) {
    this.beyond = beyond;
    STATE.set(this, state);
  }

  /** A place that is leased from the beginning, for an object beyond the bound. */
  static <T> Place<T> beyond(T object) {
    Place<T> place = new Place<>(LEASED, true);
    place.object = object;
    return place;
  }

  /** Takes the object if it is free. Does not look first: that would fetch the line twice. */
  boolean lease() {
    return STATE.compareAndSet(this, FREE, LEASED);
  }

  /** Holds the object if it is free. */
  boolean hold() {
    return change(FREE, HELD);
  }

  boolean change(long from, long to) {
    return STATE.compareAndSet(this, from, to);
  }

  /** Ends a holding: what was written before is seen by whoever takes the place next. */
  void set(long next) {
    STATE.setRelease(this, next);
  }

  /** The object; called by whoever holds the place while there is one. */
  T held() {
    return Objects.requireNonNull(object);
  }
}
