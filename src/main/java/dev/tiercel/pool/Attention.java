package dev.tiercel.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The one number that everybody looks at who gives something back: zero as long as that is all
 * there is to do.
 */
abstract class Attention extends Padding {
  private static final long CLOSED = 1;
  private static final long WORN = 2;
  private static final long WAITER = 4;
  private static final VarHandle NEEDED;

  static {
    try {
      NEEDED = MethodHandles.lookup().findVarHandle(Attention.class, "needed", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // Written through the handle.
  private volatile long needed;

  final boolean isNeeded() {
    return needed != 0;
  }

  final boolean isClosed() {
    return (needed & CLOSED) != 0;
  }

  /** How many threads wait, or have just stopped waiting. */
  final long waiting() {
    return needed / WAITER;
  }

  final void setClosed() {
    NEEDED.getAndBitwiseOr(this, CLOSED);
  }

  /** Says whether there are objects in use that are not to be used again. */
  final void setWorn(boolean some) {
    if (some) {
      NEEDED.getAndBitwiseOr(this, WORN);
    } else {
      NEEDED.getAndBitwiseAnd(this, ~WORN);
    }
  }

  final void addWaiter() {
    NEEDED.getAndAdd(this, WAITER);
  }

  final void removeWaiter() {
    NEEDED.getAndAdd(this, -WAITER);
  }
}
