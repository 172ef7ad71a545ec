package dev.tiercel.async;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** A time that stands still until it is set, and alarms that go by it. */
final class SetTicker extends ScheduledThreadPoolExecutor implements LongSupplier {
  private final List<Due> waiting = new ArrayList<>(); // Guarded by: this
  private long now = Long.MAX_VALUE - 5; // Guarded by: this. Overflows early: a ticker may.
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Runnable whenAsked = () -> {};
  private volatile boolean withoutThread;
  private volatile boolean stuck;

  SetTicker() {
    super(0);
  }

  /** Does something in the middle of being asked for the time, the nth time from now on. */
  void whenAsked(int n, Runnable then) {
    whenAsked = then;
    asked.set(n);
  }

  /** Whether it gets no thread that could ring an alarm from now on. */
  void beWithoutThread(boolean without) {
    withoutThread = without;
  }

  /** Lets no alarm be cancelled any more. */
  void beStuck() {
    stuck = true;
  }

  @Override
  public long getAsLong() {
    if (asked.decrementAndGet() == 0) {
      whenAsked.run();
    }
    synchronized (this) {
      return now;
    }
  }

  @Override
  public synchronized ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
    if (isShutdown()) {
      throw new RejectedExecutionException("shut down");
    }
    if (withoutThread) {
      throw new OutOfMemoryError("unable to create native thread");
    }
    Due due = new Due(work, now + unit.toNanos(delay));
    waiting.add(due);
    return due;
  }

  /** Lets time pass without an alarm, as on a machine that was asleep. */
  synchronized void oversleep(Duration step) {
    now += step.toNanos();
  }

  /** Lets time pass, and rings on this thread what is due. */
  void advance(Duration step) {
    List<Due> due;
    synchronized (this) {
      now += step.toNanos();
      due = waiting.stream().filter(at -> at.at - now <= 0).sorted().toList();
      waiting.removeAll(due);
    }
    due.forEach(FutureTask::run);
  }

  /** How many alarms are set. */
  synchronized int planned() {
    waiting.removeIf(Due::isCancelled);
    return waiting.size();
  }

  private final class Due extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final long at;

    Due(Runnable work, long at) {
      super(work, null);
      this.at = at;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      if (stuck) {
        throw new IllegalStateException("stuck");
      }
      return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - getAsLong(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
