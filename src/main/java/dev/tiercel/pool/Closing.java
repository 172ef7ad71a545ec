package dev.tiercel.pool;

import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends a pool, once: nobody is served any more, what is free is disposed of, what comes back as
 * well.
 *
 * @param <T> the type of the objects
 */
final class Closing<T> {
  private static final long LONGEST_PAUSE = 1_000_000;

  private final String pool;
  private final Stock<T> stock;
  private final Runnable stopWatching;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CompletableFuture<PoolCloseReport> done = new CompletableFuture<>();
  private volatile long disposedBefore;

  Closing(String pool, Stock<T> stock, Runnable stopWatching) {
    this.pool = pool;
    this.stock = stock;
    this.stopWatching = stopWatching;
  }

  /**
   * Closes, or waits for whoever does.
   *
   * @param nanos how long to wait for what is in use
   */
  PoolCloseReport run(long nanos) {
    if (!begun.compareAndSet(false, true)) {
      return awaitReport(nanos);
    }
    disposedBefore = stock.tally.disposed.sum();
    try {
      stock.line.setClosed();
      stock.places.leaveHomes();
      stock.line.wakeAll();
      stopWatching.run();
      disposeOfWhatComes(nanos);
    } finally {
      done.complete(report());
    }
    return done.join();
  }

  private PoolCloseReport awaitReport(long nanos) {
    try {
      return done.get(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return report();
    } catch (TimeoutException e) {
      return report();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // Never completed that way.
    }
  }

  private void disposeOfWhatComes(long nanos) {
    long began = System.nanoTime();
    long pause = LONGEST_PAUSE / 16;
    boolean last = false;
    while (true) {
      for (Place<T> place : stock.places.all) {
        if (place.hold()) {
          stock.discard(place, null);
        }
      }
      if (last || stillOut() == 0) {
        return;
      }
      // One more look after the end: what was on its way back unseen has arrived by then.
      last = System.nanoTime() - began >= nanos || Thread.currentThread().isInterrupted();
      pause(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }

  /** Does not end before its time, as parking may. */
  private void pause(long nanos) {
    long until = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
      Thread.onSpinWait();
    }
  }

  private int stillOut() {
    return stock.places.all.length - stock.places.count(PlaceState.VACANT) + stock.overflowing();
  }

  private PoolCloseReport report() {
    return new PoolCloseReport(
        pool,
        stock.tally.disposed.sum() - disposedBefore,
        stillOut(),
        stock.borrowers(),
        new ArrayList<>(stock.failuresAfterClose));
  }
}
