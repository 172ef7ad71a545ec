package dev.tiercel.pool;

import static dev.tiercel.pool.PlaceState.FREE;
import static dev.tiercel.pool.PlaceState.HELD;
import static dev.tiercel.pool.PlaceState.LEASED;
import static dev.tiercel.pool.PlaceState.VACANT;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * All places of a pool, and where each thread looks first.
 *
 * <p>Threads are told apart by the low bits of their ids. Those that share them share a home: the
 * place where one of them was served last. Homes are plain references; whoever reads an old one
 * only looks in another place first.
 *
 * @param <T> the type of the objects
 */
final class Places<T> {
  private static final int HOMES = 64;

  final Place<T>[] all;
  private final Place<T>[] homes;
  private final Place<T> nowhere = new Place<>(HELD);
  private final AtomicInteger vacant;

  Places(int size) {
    all = array(size);
    Arrays.setAll(all, i -> new Place<>(VACANT));
    homes = array(HOMES);
    Arrays.setAll(homes, i -> all[i % size]);
    vacant = new AtomicInteger(size);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <T> Place<T>[] array(int size) {
    return new Place[size];
  }

  private static int stripe() {
    return (int) Thread.currentThread().getId() & (HOMES - 1);
  }

  Place<T> home() {
    return homes[stripe()];
  }

  /** From here on nobody is served at home. */
  void leaveHomes() {
    Arrays.fill(homes, nowhere);
  }

  /** Makes the place this thread's home, unless the pool was closed and homes were left. */
  void settle(Place<T> place, Attention attention) {
    int stripe = stripe();
    if (homes[stripe] == place) {
      return;
    }
    homes[stripe] = place;
    VarHandle.fullFence(); // Either this or the closing thread comes last.
    if (attention.isClosed()) {
      homes[stripe] = nowhere;
    }
  }

  /** Leases a free object, if there is one; each thread begins to look somewhere else. */
  @Nullable Place<T> leaseAny() {
    return takeAny(FREE, LEASED);
  }

  /** Holds a free object, or a place without one, if there is any. */
  @Nullable Place<T> holdAny() {
    Place<T> free = takeAny(FREE, HELD);
    return free == null ? holdVacant() : free;
  }

  /** Holds a place without an object, if there is one. */
  @Nullable Place<T> holdVacant() {
    if (vacant.get() == 0) {
      return null;
    }
    Place<T> place = takeAny(VACANT, HELD);
    if (place != null) {
      vacant.decrementAndGet();
    }
    return place;
  }

  /** Ends a holding: the place is free or vacant then. */
  void set(Place<T> held, long next) {
    if (next == VACANT) {
      vacant
          .incrementAndGet(); // Before: more than there are is looked for in vain, less is missed.
    }
    held.set(next);
  }

  /** Holds a place again if it is still free, or vacant. */
  boolean hold(Place<T> place, long state) {
    boolean held = place.change(state, HELD);
    if (held && state == VACANT) {
      vacant.decrementAndGet();
    }
    return held;
  }

  private @Nullable Place<T> takeAny(long from, long to) {
    int size = all.length;
    int first = stripe() % size;
    for (int i = 0; i < size; i++) {
      Place<T> place = all[first + i < size ? first + i : first + i - size];
      if (place.state == from && place.change(from, to)) {
        return place;
      }
    }
    return null;
  }

  /** The place of an object; its state may be any. */
  @Nullable Place<T> of(Object object) {
    Place<T> home = home();
    if (home.object == object) {
      return home;
    }
    for (Place<T> place : all) {
      if (place.object == object) {
        return place;
      }
    }
    return null;
  }

  int count(long state) {
    int found = 0;
    for (Place<T> place : all) {
      found += place.state == state ? 1 : 0;
    }
    return found;
  }

  /** How many leases have ended. */
  long uses() {
    long uses = 0;
    for (Place<T> place : all) {
      uses += place.uses;
    }
    return uses;
  }
}
