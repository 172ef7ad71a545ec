package dev.tiercel.async;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs blocking calls off the caller's thread, a bounded number at a time, and a bounded number
 * waiting; beyond that they are refused. Thread-safe.
 *
 * <p>Every call has a future.
 *
 * <ul>
 *   <li>Cancelling it, or completing it ({@code complete}, {@code completeExceptionally}, {@link
 *       CompletableFuture#orTimeout}), ends the call: one that has not begun never begins; one that
 *       runs is interrupted, and keeps its thread until it heeds that. One that waits in the queue
 *       makes room at once; one that was handed to the executor does so when the executor comes to
 *       it. Cancelling a stage that was chained to the future does not reach the call.
 *   <li>A deadline does the same, with an {@link AsyncTimeoutException} that says whether the call
 *       had begun. No call begins after its deadline.
 *   <li>A call that finds no place is not made: its future fails with an {@link
 *       AsyncRejectedException}. Only bad arguments are thrown at once.
 *   <li>Whatever the call throws is what its future fails with, as it is.
 *   <li>What is chained without {@code Async} runs where the future is completed: on the thread of
 *       the call, which is busy that long; on that of whoever cancels or completes it ({@code
 *       orTimeout}: the JDK's only timer); on that of whoever made a call that is refused, or whose
 *       call the executor refuses; and on one of its own for a deadline and for {@link #close}, so
 *       that it holds up neither. What is slow belongs to an executor of its own.
 *   <li>A call that is made inside another one is made there and then, on the same thread, so that
 *       calls cannot lock up all threads by waiting for each other. An interrupt that ends the
 *       outer one and comes meanwhile is there when the inner one is over. What is chained to a
 *       call is not inside it; there a call that has not begun is made by whoever waits for it
 *       ({@code join()}, {@code get()}), and waiting for something that is chained in turn is
 *       refused. What is not seen, and can lock up all threads, is to wait there for an {@code
 *       allOf} or {@code anyOf}, or for a limited time.
 * </ul>
 *
 * <pre>{@code
 * try (AsyncCalls calls = AsyncCalls.builder().threads(4).deadline(Duration.ofSeconds(5)).build()) {
 *   calls.submit(() -> report(agent)).thenAccept(this::show);
 * }
 * }</pre>
 */
public final class AsyncCalls implements AutoCloseable {
  private final Places places;
  private final Deadlines deadlines;
  private final @Nullable Duration deadline;
  private final Duration patience;
  private final Runnable stop;

  AsyncCalls(
      Places places,
      Deadlines deadlines,
      @Nullable Duration deadline,
      Duration patience,
      Runnable stop) {
    this.places = places;
    this.deadlines = deadlines;
    this.deadline = deadline;
    this.patience = patience;
    this.stop = stop;
  }

  /**
   * Starts the description of one.
   *
   * @return a builder with the defaults set
   */
  public static AsyncCallsBuilder builder() {
    return new AsyncCallsBuilder();
  }

  /**
   * Makes a call off this thread, within the deadline that the builder set, if any.
   *
   * @param call the call
   * @param <T> the type of its result
   * @return the future of its result
   */
  public <T extends @Nullable Object> CompletableFuture<T> submit(Callable<? extends T> call) {
    return started(prepared(call, deadline));
  }

  /**
   * Makes a call off this thread, within a deadline of its own.
   *
   * @param call the call
   * @param within its time from now on; zero or less is over already, so the call is never made
   * @param <T> the type of its result
   * @return the future of its result
   */
  public <T extends @Nullable Object> CompletableFuture<T> submit(
      Callable<? extends T> call, Duration within) {
    Objects.requireNonNull(within, "within must not be null");
    return started(prepared(call, within));
  }

  /** A call that is not started yet. */
  <T extends @Nullable Object> Call<T> prepared(
      Callable<? extends T> call, @Nullable Duration within) {
    Objects.requireNonNull(call, "call must not be null");
    return within == null ? Call.of(call, places) : Call.of(call, places, deadlines, within);
  }

  private <T extends @Nullable Object> Call<T> started(Call<T> call) {
    call.start();
    return call;
  }

  Places places() {
    return places;
  }

  @Nullable Duration deadline() {
    return deadline;
  }

  /**
   * What is going on, and what became of the calls so far.
   *
   * @return a snapshot
   */
  public AsyncStats stats() {
    return places.stats();
  }

  /**
   * Closes in order: nothing is taken any more; what waits is refused; open streams end with an
   * error; running calls are awaited for a while ({@link AsyncCallsBuilder#patience}), then
   * interrupted; the threads end. Calls inside running ones are still made. It does not wait for
   * calls that ignore the interrupt. When the closing thread is interrupted it waits no longer. A
   * call may close what it runs in; it is not waited for, and the threads end when it is over.
   * Closing again only waits again.
   *
   * <p>Whatever the calls use, such as a repository, is to be closed after this.
   */
  @Override
  public void close() {
    if (places.close(patience)) { // Deadlines go on while somebody else closes and waits.
      Seat.whenLeft(places, stop);
    }
  }
}
