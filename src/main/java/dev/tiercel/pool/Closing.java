package dev.tiercel.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends a pool, once: nobody is served any more, what is free is disposed of, what comes back as
 * well.
 *
 * @param <T> the type of the objects
 */
final class Closing<T> {
  private static final long LOOK = 1_000_000;

  private final String pool;
  private final Stock<T> stock;
  private final Runnable stopWatching;
  private final AtomicReference<@Nullable Thread> closer = new AtomicReference<>();
  private final CompletableFuture<PoolCloseReport> report = new CompletableFuture<>();
  private final List<Throwable> failures = new ArrayList<>(); // Of the closing thread.

  Closing(String pool, Stock<T> stock, Runnable stopWatching) {
    this.pool = pool;
    this.stock = stock;
    this.stopWatching = stopWatching;
  }

  /**
   * Closes, or waits for whoever does.
   *
   * @param nanos how long to wait for what is leased
   */
  PoolCloseReport run(long nanos) {
    Thread me = Thread.currentThread();
    if (!closer.compareAndSet(null, me)) {
      return closer.get() == me && !report.isDone() ? report() : report.join();
    }
    try {
      stock.line.setClosed();
      stock.places.leaveHomes();
      stopWatching.run();
      stock.line.wakeAll();
      waitAndDispose(nanos);
    } finally {
      report.complete(report());
    }
    return report.join();
  }

  private void waitAndDispose(long nanos) {
    long began = System.nanoTime();
    long pause = LOOK / 16;
    boolean last = false;
    while (true) {
      disposeOfFree();
      if (last || stillOut() == 0) {
        return;
      }
      // One more look after the end: what was on its way back unseen has arrived by then.
      last = System.nanoTime() - began >= nanos || Thread.currentThread().isInterrupted();
      LockSupport.parkNanos(this, pause);
      pause = Math.min(2 * pause, LOOK);
    }
  }

  private void disposeOfFree() {
    for (Place<T> place : stock.places.all) {
      if (place.state == PlaceState.FREE && place.lease()) {
        Throwable failure = stock.discard(place, null);
        if (failure != null) {
          failures.add(failure);
        }
      }
    }
  }

  private int stillOut() {
    return stock.places.all.length - stock.places.count(PlaceState.VACANT) + stock.overflowing();
  }

  private PoolCloseReport report() {
    return new PoolCloseReport(
        pool, stock.tally.disposed.sum(), stillOut(), stock.borrowers(), failures);
  }
}
