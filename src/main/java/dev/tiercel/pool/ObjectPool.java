package dev.tiercel.pool;

import dev.tiercel.resource.LeakWatch;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Lends objects that cost much to make, and takes them back.
 *
 * <pre>{@code
 * ObjectPool<MessageDigest> digests =
 *     ObjectPool.of(() -> MessageDigest.getInstance("SHA-256")).maxSize(10).build();
 * byte[] hash = digests.use(digest -> digest.digest(bytes));
 * }</pre>
 *
 * <p>Safe for use by any number of threads, virtual ones included: it has no monitor of its own. An
 * object is leased by one caller at a time, and what he did to it is seen by the next. When all are
 * in use, callers wait, and are served in the order in which they came. An object is made when it
 * is needed and none is free, on the thread that needs it; the time-out does not interrupt the
 * factory.
 *
 * <p>A pool is meant for what costs more than about a microsecond to make. Objects come back as
 * they were left, unless {@link ObjectPoolBuilder#onRelease} makes them ready.
 *
 * <p>A pool that becomes garbage without having been closed is logged as a warning with the place
 * that built it.
 *
 * @param <T> the type of the objects
 */
public final class ObjectPool<T> implements AutoCloseable {
  /*
   * A lease and its end are one compare-and-set, one ordered store and one look at a number that is
   * zero as long as nobody needs attention.
   *
   * Each place has cache lines of its own. A thread looks at its home first, which nobody else uses
   * as long as there are as many places as threads. FREE to LEASED is a compare-and-set, LEASED to
   * FREE an ordered store. The store is not fenced against the look at the number that follows, so
   * a caller who joins the line in that moment, or closes the pool, may be overlooked: both look
   * again (Queueing, Closing). That is cheaper than a fence for everybody.
   *
   * Whatever is rare is kept off that way: homes that lead nowhere send callers to the long one when
   * the pool is closed; an inverted ticket sends the object back the long way; upkeep marks what is
   * too old and asks for attention. Gauges are counted when they are read.
   */
  private final String name;
  private final Stock<T> stock;
  private final Places<T> places;
  private final WaitLine<T> line;
  private final Queueing<T> queueing;
  private final Closing<T> closing;
  private final Upkeep<T> upkeep;
  private final WhenExhausted whenExhausted;
  private final Duration leaseTimeout;
  private final int traceEvery;

  /** Zero, or all ones where every object comes back the long way. */
  private final long inverted;

  private final LeakWatch leak; // Nothing that outlives the pool reaches it, or it is never told.
  private volatile @Nullable UpkeepSchedule schedule;

  ObjectPool(ObjectPoolBuilder<T> settings) {
    this.name = settings.name;
    this.stock = new Stock<>(settings);
    this.places = stock.places;
    this.line = stock.line;
    this.queueing = new Queueing<>(settings, stock);
    this.closing = new Closing<>(name, stock, this::stopWatching);
    this.upkeep = new Upkeep<>(settings, stock);
    this.whenExhausted = settings.whenExhausted;
    this.leaseTimeout = settings.leaseTimeout;
    this.traceEvery = settings.traceEvery;
    this.inverted = stock.care.resets() || traceEvery > 0 ? -1 : 0;
    this.leak = LeakWatch.of(this, "the pool " + name);
  }

  /**
   * Starts the description of a pool.
   *
   * @param factory makes the objects
   * @param <T> their type
   * @return a builder with the defaults set
   */
  public static <T> ObjectPoolBuilder<T> of(ObjectFactory<T> factory) {
    return new ObjectPoolBuilder<>(factory);
  }

  /**
   * What messages and meters call this pool.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Leases an object, and waits for one for as long as the pool was {@linkplain
   * ObjectPoolBuilder#leaseTimeout told}.
   *
   * @return the lease, to be closed by the caller
   * @throws PoolExhaustedException if there is none in that time
   * @throws PoolClosedException if the pool is closed
   * @throws PoolCreationException if an object was to be made, and the factory failed
   * @throws PoolInterruptedException if the thread is interrupted while it waits
   */
  public Lease<T> lease() {
    return lease(leaseTimeout);
  }

  /**
   * Leases an object.
   *
   * @param timeout how long to wait for one; zero takes what is free or can be made at once
   * @return the lease, to be closed by the caller
   * @throws IllegalArgumentException if the time is negative
   * @throws PoolExhaustedException if there is none in that time
   * @throws PoolClosedException if the pool is closed
   * @throws PoolCreationException if an object was to be made, and the factory failed
   * @throws PoolInterruptedException if the thread is interrupted while it waits
   */
  public Lease<T> lease(Duration timeout) {
    if (timeout.isNegative()) {
      throw negative("timeout", timeout);
    }
    Place<T> home = places.home();
    return home.lease() ? begin(home) : beginTheLongWay(take(timeout));
  }

  /**
   * Leases an object if one is free or can be made; never waits, and never goes beyond the bound.
   *
   * @return the lease, to be closed by the caller, or empty if all are in use: leased, or being
   *     made, made ready, tested or disposed of in this moment
   * @throws PoolClosedException if the pool is closed
   * @throws PoolCreationException if an object was to be made, and the factory failed
   */
  public Optional<Lease<T>> tryLease() {
    Place<T> place = places.home();
    if (!place.lease()) {
      place = stock.lease();
      if (place == null) {
        return Optional.empty();
      }
      trace(place);
    }
    return Optional.of(begin(place));
  }

  /**
   * Leases an object for a call. It goes back whatever becomes of the call, so the work should not
   * leave a broken one behind; where it may, {@link #lease()} and {@link Lease#invalidate} tell.
   *
   * @param use what to do with it
   * @param <R> the type of what comes of it
   * @param <E> what the work may throw
   * @return what the work returned
   * @throws E what the work threw, as it is
   * @throws PoolException as {@link #lease()}
   */
  public <R extends @Nullable Object, E extends Exception> R use(
      ObjectUse<? super T, ? extends R, ? extends E> use) throws E {
    try (Lease<T> lease = lease(leaseTimeout)) {
      return use.apply(lease.get());
    }
  }

  /**
   * Leases an object that is given back by {@link #release}. {@link #lease()} is to be preferred:
   * who has ended a lease cannot end the next one of the same object by mistake.
   *
   * @return the object
   * @throws PoolException as {@link #lease()}
   */
  public T acquire() {
    Place<T> home = places.home();
    return (home.lease() ? home : take(leaseTimeout)).held();
  }

  /**
   * Gives an object back that was {@linkplain #acquire acquired}, on any thread. Looks for it, at
   * this thread's last place first.
   *
   * @param object the object itself, not an equal one
   * @throws IllegalArgumentException if the pool does not have this object; as where it is released
   *     a second time and was disposed of since
   * @throws IllegalStateException if the object is not leased; as where it is released a second
   *     time
   */
  public void release(T object) {
    Objects.requireNonNull(object, "object must not be null");
    takeBack(stock.takeFromBorrower(object));
  }

  /**
   * What the pool holds, and what happened in it.
   *
   * @return the figures of this moment
   */
  public PoolStats stats() {
    return PoolStats.of(name, stock);
  }

  /**
   * Closes the pool and does not wait for what is leased: it is disposed of when it comes back.
   * Does nothing if it is closed.
   */
  @Override
  public void close() {
    close(Duration.ZERO);
  }

  /**
   * Closes the pool: nobody is served any more, those who wait are refused, what is free and what
   * comes back is disposed of. What comes back later is disposed of then. Closing again waits for
   * the first closing for as long as it is told, and returns its report, or how far it got. An
   * interrupt ends the waiting; it is pending again on return.
   *
   * @param timeout how long to wait for what is in use. A factory, a reset or a disposal that
   *     closes the pool is in use itself, so it should not wait
   * @return what became of the objects
   * @throws IllegalArgumentException if the time is negative
   */
  public PoolCloseReport close(Duration timeout) {
    return closing.run(nanos("timeout", timeout));
  }

  private Place<T> take(Duration timeout) {
    Place<T> place = stock.lease();
    if (place == null) {
      place =
          switch (whenExhausted) {
            case WAIT -> stock.settled(queueing.await(nanos("timeout", timeout)));
            case FAIL -> throw queueing.exhausted("");
            case OVERFLOW -> stock.overflow();
          };
    }
    trace(place);
    return place;
  }

  private void trace(Place<T> place) {
    if (traceEvery > 0 && place.uses % traceEvery == 0) {
      place.borrower = new Throwable("leased here");
    }
  }

  private Lease<T> begin(Place<T> place) {
    return new Lease<>(this, place, place.uses ^ inverted);
  }

  private Lease<T> beginTheLongWay(Place<T> place) {
    return new Lease<>(this, place, place.uses ^ (place.beyond ? -1 : inverted));
  }

  /** Ends a lease the short way. */
  void giveBack(Place<T> place, long ticket) {
    place.uses = ticket + 1;
    place.set(PlaceState.FREE);
    if (line.isNeeded()) {
      stock.attend(place);
    }
  }

  /** Takes a held place back, the long way. */
  void takeBack(Place<T> held) {
    stock.takeBack(held);
  }

  void discard(Place<T> held) {
    stock.discard(held, stock.tally.invalidated);
  }

  void upkeep() {
    upkeep.run();
  }

  void start(@Nullable ScheduledExecutorService given, long everyNanos) {
    if (everyNanos > 0) {
      UpkeepSchedule begun = new UpkeepSchedule(this, given);
      schedule = begun;
      begun.start(everyNanos);
    }
  }

  private void stopWatching() {
    leak.close();
    UpkeepSchedule running = schedule;
    if (running != null) {
      running.stop();
    }
  }

  /** A time to wait in nanoseconds; what is longer than 292 years is without end. */
  static long nanos(String what, Duration time) {
    Objects.requireNonNull(time, what + " must not be null");
    if (time.isNegative()) {
      throw negative(what, time);
    }
    return time.toSeconds() > Long.MAX_VALUE / 1_000_000_000 - 1 ? Long.MAX_VALUE : time.toNanos();
  }

  private static IllegalArgumentException negative(String what, Duration time) {
    return new IllegalArgumentException(what + " must be zero or more, but was " + time);
  }
}
