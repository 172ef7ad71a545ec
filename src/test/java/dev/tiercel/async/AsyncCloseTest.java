package dev.tiercel.async;

import static dev.tiercel.async.Gate.failure;
import static dev.tiercel.async.Gate.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Closing, and calls from inside a call. */
class AsyncCloseTest {
  private final Gate gate = new Gate();

  @Test
  void whatRunsIsAwaitedWhatWaitsIsRefusedAndNothingIsTaken() throws Exception {
    AsyncCalls calls = AsyncCalls.builder().threads(1).build();
    AtomicInteger ran = new AtomicInteger();
    CompletableFuture<Integer> running = calls.submit(gate.before(1));
    CompletableFuture<Integer> waiting = calls.submit(ran::incrementAndGet);
    gate.awaitReached();

    CompletableFuture<Void> closing = CompletableFuture.runAsync(calls::close);

    assertInstanceOf(AsyncRejectedException.class, failure(waiting));
    assertInstanceOf(AsyncRejectedException.class, failure(calls.submit(ran::incrementAndGet)));
    assertFalse(running.isDone());
    assertFalse(closing.isDone());
    gate.open();
    assertEquals(1, result(running));
    result(closing);
    assertEquals(0, ran.get());
    calls.close();
  }

  @Test
  void whoListensToARefusedCallMayWaitForAnother() throws Exception {
    AsyncCalls calls = AsyncCalls.builder().threads(1).build();
    CompletableFuture<Integer> running = calls.submit(gate.before(1));
    gate.awaitReached();
    CompletableFuture<Integer> last = new CompletableFuture<>();
    List<CompletableFuture<Integer>> listeners = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      CompletableFuture<Integer> refused = calls.submit(() -> 1);
      listeners.add(refused.exceptionally(e -> last.join()));
    }
    CompletableFuture<Integer> end = calls.submit(() -> 1).exceptionally(e -> 2);
    CompletableFuture<Boolean> told = end.thenApply(last::complete);

    CompletableFuture<Void> closing = CompletableFuture.runAsync(calls::close);

    assertTrue(result(told));
    for (CompletableFuture<Integer> listener : listeners) {
      assertEquals(2, result(listener));
    }
    gate.open();
    assertEquals(1, result(running));
    result(closing);
  }

  @Test
  void whatRunsTooLongIsInterrupted() throws Exception {
    AsyncCalls calls = AsyncCalls.builder().patience(Duration.ZERO).build();
    CompletableFuture<Integer> running = calls.submit(gate.before(1));
    gate.awaitReached();

    calls.close();

    Throwable why = failure(running);
    assertInstanceOf(AsyncRejectedException.class, why);
    assertEquals("closed while the call ran, and it was interrupted after PT0S", why.getMessage());
    gate.awaitInterrupted();
  }

  @Test
  void anInterruptedCloserWaitsNoLonger() throws Exception {
    AsyncCalls calls = AsyncCalls.builder().build();
    CompletableFuture<Integer> running = calls.submit(gate.before(1));
    gate.awaitReached();
    Thread.currentThread().interrupt();

    calls.close();

    assertTrue(Thread.interrupted());
    assertInstanceOf(AsyncRejectedException.class, failure(running));
    gate.awaitInterrupted();
  }

  @Test
  void aCallThatWasNeverRunByItsExecutorIsNotLeftOpen() throws Exception {
    AsyncCalls calls = AsyncCalls.builder().executor(work -> {}).patience(Duration.ZERO).build();
    CompletableFuture<Integer> lost = calls.submit(() -> 1);

    calls.close();

    assertInstanceOf(AsyncRejectedException.class, failure(lost));
  }

  @Test
  void aCallMayCloseWhatItRunsIn() throws Exception {
    AsyncCalls calls = AsyncCalls.builder().threads(2).build();
    CompletableFuture<Boolean> closer =
        calls.submit(
            () -> {
              calls.close();
              return Thread.currentThread().isInterrupted();
            });

    assertFalse(result(closer));
  }

  @Test
  void aCallInsideAnotherIsMadeThereAndThen() throws Exception {
    for (int threads : new int[] {1, 4}) {
      try (AsyncCalls calls = AsyncCalls.builder().threads(threads).queue(1).build()) {
        CompletableFuture<Integer> outer =
            calls.submit(
                () -> {
                  Thread here = Thread.currentThread();
                  CompletableFuture<Thread> inner =
                      calls.submit(() -> calls.submit(Thread::currentThread).get());
                  assertTrue(inner.isDone());
                  assertEquals(here, inner.join());
                  return calls.submit(() -> 1).thenApply(one -> one + 1).join();
                });

        assertEquals(2, result(outer));
        assertEquals(4, calls.stats().completed());
      }
    }
  }

  @Test
  void whatIsChainedMakesTheCallThatItWaitsFor() throws Exception {
    try (AsyncCalls calls = AsyncCalls.builder().threads(1).build()) {
      CompletableFuture<Integer> chained =
          calls
              .submit(gate.before(1)) // So that the next step is chained before it is done.
              .thenApply(one -> calls.submit(() -> one + 1).join() + 1);
      gate.open();
      assertEquals(3, result(chained));
    }
  }

  @Test
  void whatIsChainedMustNotWaitForWhatIsChainedElsewhere() throws Exception {
    try (AsyncCalls calls = AsyncCalls.builder().threads(1).build()) {
      CompletableFuture<Integer> held = calls.submit(gate.before(1));
      CompletableFuture<Integer> outer =
          held.thenApply(one -> calls.submit(() -> 1).thenApply(two -> two + 1).join());
      gate.open();

      Throwable why = failure(outer);
      assertInstanceOf(IllegalStateException.class, why);
      assertTrue(why.getMessage().contains("thenCompose"), why.getMessage());
      CompletableFuture<Integer> chained =
          calls.submit(() -> 1).thenCompose(one -> calls.submit(() -> one + 1));
      assertEquals(2, result(chained));
      assertEquals(2, chained.join(), "elsewhere one may wait");
    }
  }

  @Test
  void chainedLongerThanAnyStack() throws Exception {
    try (AsyncCalls calls = AsyncCalls.builder().threads(1).build()) {
      assertEquals(20_000, result(countTo(20_000, 0, calls)));
    } catch (CompletionException e) {
      throw new AssertionError(e);
    }
  }

  private static CompletableFuture<Integer> countTo(int end, int from, AsyncCalls calls) {
    CompletableFuture<Integer> one = calls.submit(() -> from + 1);
    return one.thenCompose(
        at -> at == end ? CompletableFuture.completedFuture(at) : countTo(end, at, calls));
  }
}
