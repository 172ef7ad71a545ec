package dev.tiercel.async;

import org.jspecify.annotations.Nullable;

/**
 * What a thread is doing, at which places, and what it was doing there or elsewhere when it came to
 * that. Used by that thread alone.
 */
final class Seat {
  private static final ThreadLocal<@Nullable Seat> HERE = new ThreadLocal<>();

  private final Places places;
  private final Work work;
  private final @Nullable Seat outer;
  private Runnable after = () -> {};

  private Seat(Places places, Work work, @Nullable Seat outer) {
    this.places = places;
    this.work = work;
    this.outer = outer;
  }

  /** Does some work on this thread, and what was to be done after it. */
  static void run(Places places, Work work) {
    Seat seat = new Seat(places, work, HERE.get());
    HERE.set(seat);
    try {
      work.run();
    } finally {
      try {
        seat.after.run();
      } finally {
        seat.leave();
      }
    }
  }

  private void leave() {
    if (outer == null) {
      HERE.remove();
    } else {
      HERE.set(outer);
    }
  }

  /** Whether this thread is doing some work of those places. */
  static boolean isAt(Places places) {
    return outermost(places) != null;
  }

  /** Whether this thread is doing just that work of those places. */
  static boolean isDoing(Places places, Work work) {
    for (Seat at = HERE.get(); at != null; at = at.outer) {
      if (at.places == places && at.work == work) {
        return true;
      }
    }
    return false;
  }

  /** Has something done when this thread leaves those places; at once if it is not there. */
  static void whenLeft(Places places, Runnable then) {
    Seat seat = outermost(places);
    if (seat == null) {
      then.run();
    } else {
      seat.after = then;
    }
  }

  private static @Nullable Seat outermost(Places places) {
    Seat first = null;
    for (Seat at = HERE.get(); at != null; at = at.outer) {
      first = at.places == places ? at : first;
    }
    return first;
  }
}
