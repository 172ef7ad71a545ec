package dev.tiercel.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What changes in a place of the pool.
 *
 * <p>The fields of a place are written by whoever holds it, and published by the release store that
 * ends the holding. {@link #state} is a {@code long} because an {@code int} would be laid into the
 * gap behind the object header, in front of the padding.
 *
 * @param <T> the type of the objects
 */
abstract class PlaceState<T> extends Padding {
  /** Has an object that nobody uses. */
  static final long FREE = 0;

  /** Its object is leased. */
  static final long LEASED = 1;

  /** Has no object. */
  static final long VACANT = 2;

  /** Being filled, looked after, emptied, or on its way from one to the next. */
  static final long HELD = 3;

  static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(PlaceState.class, "state", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  volatile long state;

  /** How many leases have ended here. A lease that has not ended finds the number it began with. */
  long uses;

  @Nullable T object;

  /** When the object was made, by the pool's ticker. */
  long madeAt;

  /** Who has it, where that is noted. */
  volatile @Nullable Throwable borrower;

  // Guarded by upkeep, which runs once at a time: what it saw last, and since when.
  long seenUses = -1;
  long seenState = -1;
  long seenSince;
  boolean suspected;
}
