package dev.tiercel.pool;

import java.util.Objects;

/**
 * The right to use one object of a pool until it is closed, and no longer.
 *
 * <p>A lease ends once: {@link #close} gives the object back, {@link #invalidate} disposes of it.
 * It may be handed to another thread and be ended there; two threads must not end it in the same
 * moment. What is kept of the object after that is not to be used.
 *
 * @param <T> the type of the object
 */
public final class Lease<T> implements AutoCloseable {
  private final ObjectPool<T> pool;
  private final Place<T> place;

  /**
   * How many leases had ended at this place when this one began. Inverted where the way back is the
   * longer one, so that the one comparison in {@link #close} tells that as well.
   */
  private final long ticket;

  private boolean invalidated;

  Lease(ObjectPool<T> pool, Place<T> place, long ticket) {
    this.pool = pool;
    this.place = place;
    this.ticket = ticket;
  }

  /**
   * The object.
   *
   * @return always the same, never null
   * @throws IllegalStateException if this lease has ended
   */
  public T get() {
    if (place.uses != ticket && place.uses != ~ticket) {
      throw ended();
    }
    return Objects.requireNonNull(place.object);
  }

  /**
   * Gives the object back. Does nothing after {@link #invalidate}.
   *
   * @throws IllegalStateException if this lease was closed before, or its object {@linkplain
   *     ObjectPool#release released}; the pool stays as it is
   */
  @Override
  public void close() {
    if (place.uses == ticket) {
      pool.giveBack(place, ticket);
    } else if (place.uses == ~ticket) {
      place.uses = ~ticket + 1;
      place.set(PlaceState.HELD);
      pool.takeBack(place);
    } else if (!invalidated) {
      throw ended();
    }
  }

  /**
   * Has the object disposed of, because it is broken. Another one is made when it is needed.
   *
   * @throws IllegalStateException if this lease has ended
   */
  public void invalidate() {
    long begun = Math.max(ticket, ~ticket);
    if (place.uses != begun) {
      throw ended();
    }
    place.uses = begun + 1;
    place.set(PlaceState.HELD);
    invalidated = true;
    pool.discard(place);
  }

  private IllegalStateException ended() {
    return new IllegalStateException(
        "this lease of the pool '" + pool.name() + "' has ended; take a new one");
  }
}
