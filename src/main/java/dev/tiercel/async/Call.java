package dev.tiercel.async;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One call and the future of its result. Whoever completes the future before the call does, ends
 * the call: one that has not begun never begins, one that runs is interrupted.
 */
final class Call<T extends @Nullable Object> extends CompletableFuture<T> implements Work {
  private enum State {
    WAITING,
    RUNNING,
    OVER
  }

  /* One thread may be at several calls: one that is made inside another is made on its thread. So
   * an interrupt that was meant for the outer one can come while the inner one runs, and end there:
   * the work throws it, or it is taken back together with the inner one's own. Then it is set again
   * when the inner one is over. One that had ended before, because the outer call heeded it, is not:
   * what that does to clean up would be interrupted once more.
   */

  /** The innermost call that this thread is making. */
  private static final ThreadLocal<@Nullable Call<?>> MAKING = new ThreadLocal<>();

  private final Callable<? extends T> work;
  private final Places places;
  private final @Nullable Deadlines deadlines; // Null without a deadline.
  private final Duration within;
  private final long deadline;

  private @Nullable Call<?> outer; // Only for the thread that makes this, while it does.

  // Guarded by: this
  private State state = State.WAITING;
  private @Nullable Thread runner;
  private boolean interrupted;
  private @Nullable Future<?> alarm;

  private Call(
      Callable<? extends T> work,
      Places places,
      @Nullable Deadlines deadlines,
      Duration within,
      long deadline) {
    this.work = work;
    this.places = places;
    this.deadlines = deadlines;
    this.within = within;
    this.deadline = deadline;
  }

  static <T extends @Nullable Object> Call<T> of(Callable<? extends T> work, Places places) {
    return new Call<>(work, places, null, Duration.ZERO, 0);
  }

  /** A call whose time runs from now on. */
  static <T extends @Nullable Object> Call<T> of(
      Callable<? extends T> work, Places places, Deadlines deadlines, Duration within) {
    Duration capped = Deadlines.capped(within);
    return new Call<>(work, places, deadlines, capped, deadlines.at(capped));
  }

  /** Sets the alarm; to be called once, before the call can run. Returns whether it may. */
  boolean arm() {
    if (deadlines == null) {
      return true;
    }
    if (within.isNegative() || within.isZero()) {
      endLate();
      return false;
    }
    try {
      Future<?> set = deadlines.alarm(deadline, this::endLate);
      synchronized (this) {
        alarm = set;
        if (state == State.OVER) {
          Deadlines.cancel(set); // It was ended while the alarm was set.
        }
      }
      return true;
    } catch (Throwable e) { // Also no memory for the thread of the timer.
      refuse(places.whyNoTimer(e));
      return false;
    }
  }

  @Override
  public void run() {
    if (deadlines != null && deadlines.isPast(deadline)) {
      endLate(); // The alarm may ring late.
    }
    Call<?> around = MAKING.get();
    int before = interrupts(around);
    boolean pending = Thread.currentThread().isInterrupted();
    if (!begin()) {
      return;
    }
    outer = around;
    MAKING.set(this);
    T value = null;
    Throwable failure = null;
    try {
      value = work.call();
    } catch (Throwable e) {
      failure = e;
    }
    boolean first;
    try {
      first = finish();
    } finally {
      leave();
    }
    if (pending || interrupts(around) > before) {
      Thread.currentThread().interrupt();
    }
    if (first) {
      (failure == null ? places.tally().completed : places.tally().failed).increment();
      @SuppressWarnings("NullAway") // A null here is what the work returned.
      boolean unused =
          failure == null ? super.complete(value) : super.completeExceptionally(failure);
    }
  }

  /** How many calls were interrupted so far, of one and those around it. */
  private static int interrupts(@Nullable Call<?> innermost) {
    int interrupts = 0;
    for (Call<?> at = innermost; at != null; at = at.outer) {
      interrupts += at.wasInterrupted() ? 1 : 0;
    }
    return interrupts;
  }

  private synchronized boolean wasInterrupted() {
    return interrupted;
  }

  private void leave() {
    if (outer == null) {
      MAKING.remove();
    } else {
      MAKING.set(outer);
    }
    outer = null; // Whoever keeps the future need not keep the calls around it.
  }

  /** Whether this thread is making a call of those places. */
  private static boolean isMaking(Places places) {
    for (Call<?> at = MAKING.get(); at != null; at = at.outer) {
      if (at.places == places) {
        return true;
      }
    }
    return false;
  }

  private synchronized boolean begin() {
    if (state != State.WAITING) {
      return false;
    }
    state = State.RUNNING;
    runner = Thread.currentThread();
    return true;
  }

  /** Ends the run on its own thread, and says whether nobody ended it before. */
  private synchronized boolean finish() {
    runner = null;
    if (interrupted) {
      boolean unused = Thread.interrupted(); // Was meant for this call only.
    }
    if (state == State.OVER) {
      return false;
    }
    over();
    return true;
  }

  /** Ends the call from outside, and says in which state it was. */
  private State abandon() {
    State was;
    synchronized (this) {
      was = state;
      if (was == State.RUNNING && runner != null) {
        interrupted = true;
        runner.interrupt();
      }
      over();
    }
    if (was == State.WAITING) {
      places.withdraw(this);
    }
    return was;
  }

  // Guarded by: this
  private void over() {
    state = State.OVER;
    if (alarm != null) {
      Deadlines.cancel(alarm);
    }
  }

  /* Runs on the thread of the timer, which must not be held up by what is chained to this. */
  private void endLate() {
    State was = abandon();
    if (was != State.OVER) {
      places.tally().timedOut.increment();
      AsyncTimeoutException late = new AsyncTimeoutException(within, was == State.RUNNING);
      Threads.elsewhere(() -> super.completeExceptionally(late));
    }
  }

  @Override
  public void refuse(AsyncRejectedException why) {
    if (abandon() != State.OVER) {
      places.tally().rejected.increment();
      super.completeExceptionally(why);
    }
  }

  private void abandonForCaller() {
    if (!isDone() && abandon() != State.OVER) {
      places.tally().cancelled.increment();
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    abandonForCaller();
    return super.cancel(mayInterruptIfRunning);
  }

  @Override
  public boolean complete(T value) {
    abandonForCaller();
    return super.complete(value);
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    abandonForCaller();
    return super.completeExceptionally(failure);
  }

  /**
   * Makes the call on a thread of its places; or here, if this thread is making a call there. If
   * that waited for another thread, all threads could wait for each other, and a transaction for a
   * write that waits for the transaction.
   */
  void start() {
    if (!arm()) {
      return;
    }
    if (isMaking(places)) {
      run();
    } else {
      places.enter(this);
    }
  }

  /* What is chained to a call runs on its thread too, and may wait for one that has not begun. */
  @Override
  public T join() {
    runHereIfInside();
    return super.join();
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    runHereIfInside();
    return super.get();
  }

  private void runHereIfInside() {
    if (!isDone() && places.isInside()) {
      places.doHere(this);
    }
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new Chained<>(places);
  }
}
