package dev.tiercel.query;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A clock that stands still until it is set, and a schedule that goes by it. */
final class SetTimer extends ScheduledThreadPoolExecutor implements InstantSource {
  private final PriorityQueue<Due> waiting =
      new PriorityQueue<>(
          Comparator.<Due, Instant>comparing(due -> due.at)
              .thenComparing(due -> due.number)); // Guarded by: this
  private long numbers; // Guarded by: this
  private Instant now = Instant.parse("2026-03-01T12:00:00Z"); // Guarded by: this

  SetTimer() {
    super(0);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
    if (isShutdown()) {
      throw new RejectedExecutionException("shut down");
    }
    Due due = new Due(work, now.plusNanos(unit.toNanos(delay)), numbers++);
    waiting.add(due);
    return due;
  }

  /** Lets time pass, and does what is due meanwhile on this thread. */
  void advance(Duration step) {
    Instant end = instant().plus(step);
    for (Due due = next(end); due != null; due = next(end)) {
      due.run();
    }
    synchronized (this) {
      now = end;
    }
  }

  private synchronized Due next(Instant end) {
    waiting.removeIf(Due::isCancelled);
    Due first = waiting.peek();
    if (first == null || first.at.isAfter(end)) {
      return null;
    }
    now = first.at.isAfter(now) ? first.at : now;
    return waiting.remove();
  }

  /** How much is still to come. */
  synchronized int planned() {
    waiting.removeIf(Due::isCancelled);
    return waiting.size();
  }

  private final class Due extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final Instant at;
    private final long number;

    Due(Runnable work, Instant at, long number) {
      super(work, null);
      this.at = at;
      this.number = number;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(Duration.between(instant(), at));
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
