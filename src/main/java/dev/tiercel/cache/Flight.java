package dev.tiercel.cache;

import dev.tiercel.cache.Entry.Failure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A load under way that others may wait for. */
final class Flight {
  private final CompletableFuture<Entry> result = new CompletableFuture<>();

  // Set before the result, for those who wait for it.
  private volatile @Nullable Failure failure;
  private volatile boolean abandoned;
  private volatile boolean arrival;

  void landed(Entry entry) {
    result.complete(entry);
  }

  /** There was no load: another came in just before. */
  void arrived(Entry entry) {
    arrival = true;
    result.complete(entry);
  }

  /** The load failed; its entry says until when that is worth knowing, if it came so far. */
  void failed(Throwable e, @Nullable Failure entry) {
    failure = entry;
    result.completeExceptionally(e);
  }

  /** The thread of the load failed and not its loader: it was interrupted, or there was none. */
  void abandoned(Throwable e) {
    abandoned = true;
    result.completeExceptionally(e);
  }

  /** Completes with what was loaded, or with what the loader threw. */
  CompletionStage<Entry> result() {
    return result;
  }

  boolean isDone() {
    return result.isDone();
  }

  /** Whether what it brought was loaded by another, before it began. */
  boolean isArrival() {
    return arrival;
  }

  /** Whether it failed in a way that another thread need not. */
  boolean isAbandoned() {
    return abandoned;
  }

  /**
   * Waits for the load.
   *
   * @param limit how long; zero for as long as it takes
   * @return what was loaded; null if the time is over
   * @throws Failed if the load failed
   */
  @Nullable Entry await(Object key, Duration limit) throws Failed {
    try {
      return limit.isZero() ? result.get() : result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new Failed(e.getCause() == null ? e : e.getCause(), failure);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CacheLoadException("interrupted while waiting for the load of key " + key, e);
    }
  }

  /** A load failed; the cause is what its loader threw. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Failure entry;

    Failed(Throwable cause, @Nullable Failure entry) {
      super(cause);
      this.entry = entry;
    }

    /** The failure as an entry, with the tags of what was read until then. */
    @Nullable Failure entry() {
      return entry;
    }

    Throwable thrown() {
      Throwable cause = getCause();
      return cause == null ? this : cause;
    }
  }
}
