package dev.tiercel.query;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One query of a warmer: a round of calls now and again, one after the other. A call that fails
 * does not end its round, and a round that fails is only followed by the next one sooner.
 * Thread-safe.
 */
final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  private static final int MOST_DOUBLINGS = 16;

  /* So that queries share a thread that was given. */
  private static final int AT_ONCE = 64;

  private final Warming warming;
  private final WarmQuery query;

  // Guarded by: this
  private @Nullable Round round;
  private @Nullable Future<?> due;
  private @Nullable Instant next;
  private long rounds;
  private int failuresInARow;
  private WarmReport last = WarmReport.NOTHING;
  private Duration took = Duration.ZERO;
  private WarmTotals totals = WarmTotals.NOTHING;
  private @Nullable String error;
  private boolean closed;

  WarmUp(WarmQuery query, Warming warming) {
    this.query = query;
    this.warming = warming;
  }

  /** Begins the first round soon, and each further one in its time. */
  void start() {
    plan(Duration.ZERO);
  }

  /** Warms now, or says what becomes of the round that is under way. */
  CompletableFuture<WarmReport> now() {
    Round running = begin();
    return running == null ? CompletableFuture.completedFuture(WarmReport.NOTHING) : running.over;
  }

  private @Nullable Round begin() {
    Round begun;
    synchronized (this) {
      if (round != null || closed) {
        return round;
      }
      cancel();
      begun = new Round();
      round = begun;
    }
    begun.start();
    return begun;
  }

  private synchronized void plan(Duration delay) {
    if (closed) {
      return;
    }
    next = warming.now().plus(delay);
    try {
      due = warming.later(this::begin, delay);
    } catch (Throwable e) { // Whoever gave the schedule has ended it, or there is no memory.
      next = null;
      LOG.warn("{} is not warmed any more: its schedule takes nothing", query.name(), e);
    }
  }

  private void cancel() {
    Future<?> planned = due;
    due = null;
    next = null;
    if (planned != null) {
      planned.cancel(false);
    }
  }

  synchronized WarmOutcome outcome() {
    Round running = round;
    return new WarmOutcome(
        query.name(),
        rounds,
        last,
        running == null ? 0 : running.at.get(),
        running == null ? 0 : running.calls.size(),
        took,
        Optional.ofNullable(error),
        Optional.ofNullable(next),
        totals);
  }

  /** Ends it: the call that is under way is interrupted, and none is begun any more. */
  void close() {
    Round running;
    synchronized (this) {
      closed = true;
      cancel();
      running = round;
    }
    if (running != null) {
      running.stop("the warmer was closed");
      running.endIfIdle();
    }
  }

  private void over(Round ended, WarmReport report) {
    synchronized (this) {
      if (round != ended) {
        return;
      }
      round = null;
      rounds++;
      last = report;
      took = since(ended.begun);
      totals = totals.and(report, took);
      failuresInARow = report.failed() == 0 ? 0 : Math.min(failuresInARow + 1, MOST_DOUBLINGS);
      if (failuresInARow == 0) {
        error = null;
      }
      plan(wait(failuresInARow));
    }
    try {
      warming.report(outcome());
    } finally {
      ended.over.complete(report);
    }
  }

  /* The clock may have been set back. */
  private Duration since(Instant begun) {
    Duration time = Duration.between(begun, warming.now());
    return time.isNegative() ? Duration.ZERO : time;
  }

  private Duration wait(int failures) {
    Duration every = query.every();
    if (failures > 0) {
      Duration sooner = warming.retry().multipliedBy(1L << (failures - 1));
      every = sooner.compareTo(every) < 0 ? sooner : every;
    }
    double share = 1 - warming.jitter() * ThreadLocalRandom.current().nextDouble();
    return Duration.ofNanos((long) (every.toNanos() * share));
  }

  private synchronized void failed(Throwable e) {
    if (error == null && !closed) {
      LOG.warn("{} cannot be warmed; it is tried again, and said no more", query.name(), e);
    }
    error = String.valueOf(e);
  }

  /** All calls once. */
  private final class Round {
    private final CompletableFuture<WarmReport> over = new CompletableFuture<>();
    private final Instant begun = warming.now();
    private volatile List<Callable<Boolean>> calls = List.of();
    private final AtomicInteger at = new AtomicInteger();

    // Guarded by: this
    private int warmed;
    private int failed;
    private int left;
    private @Nullable Thread thread;
    private @Nullable String stopped;
    private @Nullable Future<?> limit;

    void start() {
      try {
        Duration budget = warming.budget();
        if (!budget.isZero()) {
          Future<?> planned = warming.later(() -> expire(budget), budget);
          synchronized (this) {
            limit = planned;
          }
        }
        warming.run(this::begin);
      } catch (Throwable e) { // Rejected, or no thread to be had.
        refused(e);
      }
    }

    private void expire(Duration budget) {
      stop("it took longer than " + budget);
      endIfIdle();
    }

    private void begin() {
      if (call(() -> calls = new ArrayList<>(query.calls().call()))) {
        go();
      } else {
        count(0, 1, 0);
        end();
      }
    }

    private synchronized void count(int warmed, int failed, int left) {
      this.warmed += warmed;
      this.failed += failed;
      this.left += left;
    }

    private void refused(Throwable e) {
      failed(e);
      count(0, 1, 0);
      end();
    }

    /** Makes the next calls, until it is to wait. */
    private void go() {
      for (int i = 0; i < AT_ONCE; i++) {
        if (at.get() == calls.size() || isStopped()) {
          end();
          return;
        }
        Duration wait = warming.pace().next(warming.now());
        if (!wait.isZero()) {
          later(wait);
          return;
        }
        next();
      }
      later(Duration.ZERO);
    }

    private void later(Duration wait) {
      try {
        Future<?> unused =
            warming.later(
                () -> {
                  try {
                    warming.run(
                        () -> {
                          next();
                          go();
                        });
                  } catch (Throwable e) {
                    refused(e);
                  }
                },
                wait);
      } catch (Throwable e) {
        refused(e);
      }
    }

    private void next() {
      if (at.get() == calls.size() || isStopped()) {
        return;
      }
      Callable<Boolean> one = calls.get(at.get());
      boolean[] wanted = {true};
      boolean done = call(() -> wanted[0] = one.call());
      count(done && wanted[0] ? 1 : 0, done ? 0 : 1, wanted[0] ? 0 : 1);
      at.incrementAndGet();
    }

    /* What is called may leave the flag of an interrupt, or throw anything. */
    private boolean call(Callable<?> work) {
      boolean before = Thread.currentThread().isInterrupted();
      synchronized (this) {
        if (stopped != null) {
          return false;
        }
        thread = Thread.currentThread();
      }
      try {
        work.call();
        return true;
      } catch (Throwable e) {
        failed(reason(e));
        return false;
      } finally {
        synchronized (this) {
          thread = null;
        }
        if (!before) {
          Thread.interrupted();
        }
      }
    }

    private synchronized Throwable reason(Throwable e) {
      return stopped == null ? e : new IllegalStateException(stopped, e);
    }

    private synchronized boolean isStopped() {
      return stopped != null;
    }

    synchronized void stop(String why) {
      if (stopped == null) {
        stopped = why;
        Thread running = thread;
        if (running != null) {
          running.interrupt();
        }
      }
    }

    /** Ends it while it waits for its next call. */
    void endIfIdle() {
      boolean idle;
      synchronized (this) {
        idle = thread == null;
      }
      if (idle) {
        end();
      }
    }

    private void end() {
      WarmReport report;
      synchronized (this) {
        if (limit != null) {
          limit.cancel(false);
        }
        report = new WarmReport(warmed, failed, left + calls.size() - at.get());
      }
      over(this, report);
    }
  }
}
