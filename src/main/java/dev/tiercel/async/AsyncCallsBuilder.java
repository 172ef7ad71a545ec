package dev.tiercel.async;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Describes an {@link AsyncCalls}. Not thread-safe. */
public final class AsyncCallsBuilder {
  /** How many calls run at a time unless {@link #threads} says another number. */
  public static final int DEFAULT_THREADS = 16;

  /** How many calls wait at most unless {@link #queue} says another number. */
  public static final int DEFAULT_QUEUE = 1_000;

  private static final int MOST_THREADS = 100_000;
  private static final int LONGEST_QUEUE = 10_000_000;

  private int threads = DEFAULT_THREADS;
  private int queue = DEFAULT_QUEUE;
  private @Nullable Duration deadline;
  private Duration patience = Duration.ofSeconds(30);
  private boolean virtual = Threads.hasVirtual();
  private @Nullable Executor executor;
  private @Nullable ScheduledExecutorService timer;
  private LongSupplier nanos = System::nanoTime;

  AsyncCallsBuilder() {}

  /**
   * Bounds how many calls run at a time; {@value #DEFAULT_THREADS} unless it is set. More than the
   * database has connections only wait there instead of here.
   *
   * @param most how many, from 1 to 100,000
   * @return this
   * @throws IllegalArgumentException if it is out of that range
   */
  public AsyncCallsBuilder threads(int most) {
    this.threads = inRange("threads", most, 1, MOST_THREADS);
    return this;
  }

  /**
   * Bounds how many calls wait for a thread, and how many streams are open; {@value #DEFAULT_QUEUE}
   * unless it is set. Beyond it they are refused, so that a burst costs errors and not memory.
   *
   * @param most how many, from 1 to 10,000,000
   * @return this
   * @throws IllegalArgumentException if it is out of that range
   */
  public AsyncCallsBuilder queue(int most) {
    this.queue = inRange("queue", most, 1, LONGEST_QUEUE);
    return this;
  }

  /**
   * Gives each call that much time, unless it is given its own. Without it a call may take as long
   * as it does.
   *
   * @param most the time from the call to its result
   * @return this
   * @throws IllegalArgumentException if it is not positive, or above a hundred years
   */
  public AsyncCallsBuilder deadline(Duration most) {
    if (most.isZero() || most.isNegative() || most.compareTo(Deadlines.LONGEST) > 0) {
      throw new IllegalArgumentException(
          "deadline must be positive and at most 36500 days, but is "
              + most
              + "; leave it out to have none");
    }
    this.deadline = most;
    return this;
  }

  /**
   * How long {@link AsyncCalls#close} waits for running calls before it interrupts them; 30 s
   * unless it is set.
   *
   * @param most the time; zero interrupts them at once
   * @return this
   * @throws IllegalArgumentException if it is negative, or above a hundred years
   */
  public AsyncCallsBuilder patience(Duration most) {
    if (most.isNegative() || most.compareTo(Deadlines.LONGEST) > 0) {
      throw new IllegalArgumentException(
          "patience must be from 0 to 36500 days, but is " + most + "; zero does not wait");
    }
    this.patience = most;
    return this;
  }

  /**
   * Runs calls on threads of somebody else. Without it there are threads of its own: virtual ones
   * where the JVM has them (JDK 21 and later), else a pool.
   *
   * <p>It must run what it takes, and throw what it does not take; that refuses the call. Of what
   * it drops without a word, as after a {@code shutdownNow} or by a {@code DiscardPolicy}, nobody
   * hears: the future stays open and the place taken, until the call is cancelled or late, which
   * ends the future, or all is closed, which waits for it as for a call that runs.
   *
   * @param given the executor, which is not stopped; at most {@link #threads} of its threads are
   *     used at a time, each as long as calls wait. One that runs what it is given on the thread
   *     that gives it makes every call wait there
   * @return this
   */
  public AsyncCallsBuilder executor(Executor given) {
    this.executor = Objects.requireNonNull(given, "executor must not be null");
    return this;
  }

  /**
   * Chooses between virtual threads and a pool of platform threads. A call that is inside the
   * database's native code keeps the carrier of its virtual thread; a pool keeps only its own.
   *
   * @param wanted whether to use virtual threads
   * @return this
   * @throws UnsupportedOperationException if they are wanted and the JVM has none
   */
  public AsyncCallsBuilder virtualThreads(boolean wanted) {
    if (wanted && !Threads.hasVirtual()) {
      throw new UnsupportedOperationException(
          "this JVM, " + Runtime.version() + ", has no virtual threads; run JDK 21 or later");
    }
    this.virtual = wanted;
    return this;
  }

  /**
   * Keeps deadlines by somebody else's timer and clock, for tests that set them.
   *
   * @param given rings the alarms, and is not stopped
   * @param ticker tells the time in nanoseconds, as {@link System#nanoTime} does
   * @return this
   */
  public AsyncCallsBuilder timer(ScheduledExecutorService given, LongSupplier ticker) {
    this.timer = Objects.requireNonNull(given, "timer must not be null");
    this.nanos = Objects.requireNonNull(ticker, "ticker must not be null");
    return this;
  }

  private static int inRange(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be from %d to %d, but is %d".formatted(name, least, most, value));
    }
    return value;
  }

  /**
   * Makes it. Threads are started when there is work for them.
   *
   * @return the calls, to be closed by the caller
   */
  public AsyncCalls build() {
    ExecutorService pool = executor == null && !virtual ? Threads.pool(threads) : null;
    ScheduledExecutorService alarms = timer == null ? Threads.timer() : null;
    Executor where = executor;
    if (where == null) {
      where = pool == null ? Threads.virtualThreads() : pool;
    }
    Deadlines deadlines =
        new Deadlines(timer == null ? Objects.requireNonNull(alarms) : timer, nanos);
    return new AsyncCalls(
        new Places(where, threads, queue),
        deadlines,
        deadline,
        patience,
        () -> {
          if (pool != null) {
            pool.shutdown();
          }
          if (alarms != null) {
            alarms.shutdownNow();
          }
        });
  }
}
