package dev.tiercel.cache;

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

  void landed(Entry entry) {
    result.complete(entry);
  }

  CompletionStage<Entry> result() {
    return result;
  }

  boolean isDone() {
    return result.isDone();
  }

  void failed(Throwable e) {
    result.completeExceptionally(e);
  }

  /**
   * Waits for the load.
   *
   * @param limit how long; zero for as long as it takes
   * @return what was loaded; null if the time is over
   * @throws Failed if the loader failed
   */
  @Nullable Entry await(Object key, Duration limit) throws Failed {
    try {
      return limit.isZero() ? result.get() : result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new Failed(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CacheLoadException("interrupted while waiting for the load of key " + key, e);
    }
  }

  /** A loader failed; the cause is what it threw. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(Throwable cause) {
      super(cause);
    }
  }
}
