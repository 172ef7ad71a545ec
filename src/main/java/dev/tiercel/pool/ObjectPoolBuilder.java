package dev.tiercel.pool;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Describes an {@link ObjectPool}. A setting out of its range is refused at once. Not for several
 * threads at once; a builder may build several pools.
 *
 * @param <T> the type of the objects
 */
public final class ObjectPoolBuilder<T> {
  /** How many objects a pool has at most, unless it is told. */
  public static final int DEFAULT_MAX_SIZE = 10;

  /** How many objects it can be told to have. */
  public static final int GREATEST_MAX_SIZE = 65_536;

  /** How long a caller waits who does not say for how long. */
  public static final Duration DEFAULT_LEASE_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final long NEVER = Long.MAX_VALUE;
  private static final long LEAST_UPKEEP = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long MOST_UPKEEP = TimeUnit.SECONDS.toNanos(1);

  final ObjectFactory<T> factory;
  String name = "objects";
  int maxSize = DEFAULT_MAX_SIZE;
  Duration leaseTimeout = DEFAULT_LEASE_TIMEOUT;
  WhenExhausted whenExhausted = WhenExhausted.WAIT;
  @Nullable ObjectAction<? super T> reset;
  @Nullable Predicate<? super T> validator;
  ObjectAction<? super T> disposal = ObjectPoolBuilder::closeIfPossible;
  long maxAge = NEVER;
  long idleTimeout = NEVER;
  long leakAfter = NEVER;
  int minIdle;
  int traceEvery;
  LongSupplier ticker = System::nanoTime;
  long spinNanos = Queueing.SPIN; // None where a test lets time stand still.
  boolean looksAgain = true; // False where a test is to see that everybody is woken.
  @Nullable ScheduledExecutorService upkeep;
  private long upkeepEvery;

  ObjectPoolBuilder(ObjectFactory<T> factory) {
    this.factory = Objects.requireNonNull(factory, "factory must not be null");
  }

  private static void closeIfPossible(Object object) throws Exception {
    if (object instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  /**
   * Sets what messages, meters and the upkeep thread call the pool.
   *
   * @param name the name; not blank. By default "objects"
   * @return this
   * @throws IllegalArgumentException if the name is blank
   */
  public ObjectPoolBuilder<T> name(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name must not be blank, but was '" + name + "'");
    }
    this.name = name;
    return this;
  }

  /**
   * Sets how many objects there are at most, those in use included. They are made when they are
   * needed.
   *
   * @param objects 1 to {@value #GREATEST_MAX_SIZE}; by default {@value #DEFAULT_MAX_SIZE}
   * @return this
   * @throws IllegalArgumentException if the number is out of range
   */
  public ObjectPoolBuilder<T> maxSize(int objects) {
    maxSize = number("maxSize", objects, 1, GREATEST_MAX_SIZE);
    return this;
  }

  /**
   * Sets how long {@link ObjectPool#lease()}, {@link ObjectPool#acquire} and {@link ObjectPool#use}
   * wait for an object.
   *
   * @param timeout zero or more; by default 30 seconds. {@link
   *     java.time.temporal.ChronoUnit#FOREVER}'s duration waits without end
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public ObjectPoolBuilder<T> leaseTimeout(Duration timeout) {
    ObjectPool.nanos("leaseTimeout", timeout);
    leaseTimeout = timeout;
    return this;
  }

  /**
   * Sets what happens to a caller for whom there is no object.
   *
   * @param policy by default {@link WhenExhausted#WAIT}
   * @return this
   */
  public ObjectPoolBuilder<T> whenExhausted(WhenExhausted policy) {
    whenExhausted = Objects.requireNonNull(policy, "policy must not be null");
    return this;
  }

  /**
   * Makes an object ready for the next lease when it comes back, before anybody else has it.
   *
   * @param reset clears it; if that throws, the object is disposed of, and a warning is logged
   * @return this
   */
  public ObjectPoolBuilder<T> onRelease(ObjectAction<? super T> reset) {
    this.reset = Objects.requireNonNull(reset, "reset must not be null");
    return this;
  }

  /**
   * Sets how an object ends. By default an {@link AutoCloseable} is closed, and anything else is
   * dropped.
   *
   * @param disposal ends it; what it throws is logged, and the object is left alone
   * @return this
   */
  public ObjectPoolBuilder<T> onDispose(ObjectAction<? super T> disposal) {
    this.disposal = Objects.requireNonNull(disposal, "disposal must not be null");
    return this;
  }

  /**
   * Tests idle objects at each {@linkplain #upkeepEvery upkeep}; an object is in use while it is
   * tested. Whoever leases one may get what broke since: {@link Lease#invalidate} it then.
   *
   * @param valid tells whether the object can still be used; if it throws, it cannot
   * @return this
   */
  public ObjectPoolBuilder<T> validateIdle(Predicate<? super T> valid) {
    validator = Objects.requireNonNull(valid, "valid must not be null");
    return this;
  }

  /**
   * Sets how old an object becomes. An older one is disposed of by the next {@linkplain
   * #upkeepEvery upkeep}, or when it comes back after that; until then it may be leased.
   *
   * @param age 1 ms to 365 days; by default there is no limit
   * @return this
   * @throws IllegalArgumentException if the age is out of range
   */
  public ObjectPoolBuilder<T> maxAge(Duration age) {
    maxAge = time("maxAge", age);
    return this;
  }

  /**
   * Sets for how long an object may lie there unused, unless it is one of the {@link #minIdle}.
   *
   * @param time 1 ms to 365 days, as exactly as {@linkplain #upkeepEvery upkeep} looks; by default
   *     there is no limit
   * @return this
   * @throws IllegalArgumentException if the time is out of range
   */
  public ObjectPoolBuilder<T> idleTimeout(Duration time) {
    idleTimeout = time("idleTimeout", time);
    return this;
  }

  /**
   * Sets how many objects {@linkplain #upkeepEvery upkeep} keeps ready, as far as {@link #maxSize}
   * allows.
   *
   * @param objects 0 to {@value #GREATEST_MAX_SIZE}, and not more than {@link #maxSize} when the
   *     pool is built; by default 0
   * @return this
   * @throws IllegalArgumentException if the number is out of range
   */
  public ObjectPoolBuilder<T> minIdle(int objects) {
    minIdle = number("minIdle", objects, 0, GREATEST_MAX_SIZE);
    return this;
  }

  /**
   * Logs a warning, once a lease, for an object that is leased for longer; see {@link
   * PoolStats#suspected}. Objects beyond the bound are not looked at.
   *
   * @param time 1 ms to 365 days, as exactly as {@linkplain #upkeepEvery upkeep} looks; by default
   *     nothing is suspected
   * @return this
   * @throws IllegalArgumentException if the time is out of range
   */
  public ObjectPoolBuilder<T> leakAfter(Duration time) {
    leakAfter = time("leakAfter", time);
    return this;
  }

  /**
   * Notes who has an object: the stack of every n-th lease of each object, some microseconds each,
   * for {@link #leakAfter} and the {@link PoolCloseReport}. Every lease comes the longer way then.
   *
   * @param everyNth 1 notes all, 100 the first and one in a hundred, 0 none, which is the default
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public ObjectPoolBuilder<T> traceBorrowers(int everyNth) {
    traceEvery = number("traceBorrowers", everyNth, 0, Integer.MAX_VALUE);
    return this;
  }

  /**
   * Sets how often upkeep looks over the pool. It does so only where something is to be looked
   * after: an age, idle time, leaks, a test, or objects to be ready.
   *
   * @param time 1 ms to 365 days; by default a quarter of the shortest time that was set, at least
   *     10 ms and at most a second
   * @return this
   * @throws IllegalArgumentException if the time is out of range
   */
  public ObjectPoolBuilder<T> upkeepEvery(Duration time) {
    upkeepEvery = time("upkeepEvery", time);
    return this;
  }

  /**
   * Sets where upkeep runs; by default on a daemon thread of its own.
   *
   * @param executor the executor; never shut down by the pool
   * @return this
   */
  public ObjectPoolBuilder<T> upkeep(ScheduledExecutorService executor) {
    upkeep = Objects.requireNonNull(executor, "executor must not be null");
    return this;
  }

  /**
   * Sets what tells the age of objects, and how long they are idle or leased, for tests.
   *
   * @param nanos as {@link System#nanoTime}, which it is by default
   * @return this
   */
  public ObjectPoolBuilder<T> ticker(LongSupplier nanos) {
    ticker = Objects.requireNonNull(nanos, "nanos must not be null");
    return this;
  }

  /**
   * Builds the pool, with no object in it.
   *
   * @return the pool, to be closed by the caller
   * @throws IllegalArgumentException if {@link #minIdle} is more than {@link #maxSize}
   * @throws java.util.concurrent.RejectedExecutionException if the {@linkplain
   *     #upkeep(ScheduledExecutorService) executor} is shut down
   */
  public ObjectPool<T> build() {
    if (minIdle > maxSize) {
      throw new IllegalArgumentException(
          "minIdle must be at most maxSize, " + maxSize + ", but was " + minIdle);
    }
    ObjectPool<T> pool = new ObjectPool<>(this);
    boolean started = false;
    try {
      pool.start(upkeep, needsUpkeep() ? interval() : 0);
      started = true;
    } finally {
      if (!started) {
        pool.close();
      }
    }
    return pool;
  }

  private boolean needsUpkeep() {
    return shortest() != NEVER || minIdle > 0 || validator != null;
  }

  private long shortest() {
    return Math.min(maxAge, Math.min(idleTimeout, leakAfter));
  }

  private long interval() {
    return upkeepEvery > 0
        ? upkeepEvery
        : Math.max(LEAST_UPKEEP, Math.min(MOST_UPKEEP, shortest() / 4));
  }

  private static int number(String what, int value, int least, int greatest) {
    if (value < least || value > greatest) {
      throw new IllegalArgumentException(
          what + " must be " + least + " to " + greatest + ", but was " + value);
    }
    return value;
  }

  private static long time(String what, Duration time) {
    Objects.requireNonNull(time, what + " must not be null");
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(what + " must be 1 ms to 365 days, but was " + time);
    }
    return time.toNanos();
  }
}
