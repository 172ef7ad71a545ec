package dev.tiercel.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs sweeps in the background, one at a time: those that are asked for meanwhile share the next.
 */
final class Sweeper {
  private final Executor executor;
  private final LongUnaryOperator sweep;
  private @Nullable Request next; // Guarded by: this
  private boolean running; // Guarded by: this

  /**
   * A sweeper.
   *
   * @param sweep sweeps what bans up to a number hit, and returns how much it removed
   */
  Sweeper(Executor executor, LongUnaryOperator sweep) {
    this.executor = executor;
    this.sweep = sweep;
  }

  private static final class Request {
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private long upTo;
  }

  /** Asks for a sweep that begins after this call; completes with how much it removed. */
  CompletionStage<Long> sweep(long upTo) {
    Request request;
    synchronized (this) {
      request = next == null ? new Request() : next;
      request.upTo = Math.max(request.upTo, upTo);
      next = request;
      if (running) {
        return request.done.minimalCompletionStage();
      }
      running = true;
    }
    try {
      executor.execute(this::run);
    } catch (Throwable e) { // Rejected, or no thread to be had.
      synchronized (this) {
        running = false;
        next = null;
      }
      request.done.completeExceptionally(e); // The bans stay in force until the next sweep.
    }
    return request.done.minimalCompletionStage();
  }

  private void run() {
    while (true) {
      Request request;
      synchronized (this) {
        request = next;
        next = null;
        if (request == null) {
          running = false;
          return;
        }
      }
      try {
        request.done.complete(sweep.applyAsLong(request.upTo));
      } catch (Throwable e) {
        request.done.completeExceptionally(e);
      }
    }
  }
}
