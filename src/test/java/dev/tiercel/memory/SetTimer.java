package dev.tiercel.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A clock that stands still until it is set, and a schedule for one thing at a time. */
final class SetTimer extends ScheduledThreadPoolExecutor implements InstantSource {
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private Due next;

  SetTimer() {
    super(0);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
    if (isShutdown()) {
      throw new RejectedExecutionException("shut down");
    }
    next = new Due(work, now.plusNanos(unit.toNanos(delay)));
    return next;
  }

  /** Lets time pass, and does what is due meanwhile on this thread. */
  void advance(Duration step) {
    Instant end = now.plus(step);
    while (isPlanned() && !next.at.isAfter(end)) {
      Due due = next;
      next = null;
      now = due.at;
      due.run();
    }
    now = end;
  }

  boolean isPlanned() {
    return next != null && !next.isCancelled();
  }

  private final class Due extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final Instant at;

    Due(Runnable work, Instant at) {
      super(work, null);
      this.at = at;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(Duration.between(now, at));
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
