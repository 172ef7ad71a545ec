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
  void deadlinesGoOnWhileSomebodyElseCloses() throws Exception {
    AsyncCalls calls = AsyncCalls.builder().threads(2).build();
    Gate held = new Gate();
    CompletableFuture<Throwable> other =
        calls.submit(
            () -> {
              held.before(1).call();
              return failure(calls.submit(new Gate().before(1), Duration.ofMillis(20)));
            });
    CompletableFuture<Throwable> closer =
        calls.submit(
            () -> {
              gate.before(1).call();
              calls.close(); // Does not wait, because the one outside waits for this.
              return failure(calls.submit(new Gate().before(1), Duration.ofMillis(20)));
            });
    gate.awaitReached();
    CompletableFuture<Integer> waiting = calls.submit(() -> 1);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(calls::close);
    assertInstanceOf(AsyncRejectedException.class, failure(waiting), "the one outside closes");

    gate.open();
    assertInstanceOf(AsyncTimeoutException.class, result(closer));
    while (calls.stats().running() > 1) { // Until the call that closed has left.
      Thread.onSpinWait();
    }
    held.open();

    assertInstanceOf(AsyncTimeoutException.class, result(other));
    result(closing);
  }

  @Test
  void aCallThatClosesWhatItRunsInStillHasDeadlines() throws Exception {
    AsyncCalls calls = AsyncCalls.builder().build();
    CompletableFuture<Throwable> closer =
        calls.submit(
            () -> {
              calls.close();
              return failure(calls.submit(gate.before(1), Duration.ofMillis(20)));
            });

    assertInstanceOf(AsyncTimeoutException.class, result(closer));
  }

  @Test
  void theThreadsEndOnceWhenTheCallThatClosedThemIsOver() {
    AtomicInteger stopped = new AtomicInteger();
    SetTicker time = new SetTicker();
    AsyncCalls calls =
        new AsyncCalls(
            new Places(Runnable::run, 1, 1),
            new Deadlines(time, time),
            null,
            Duration.ofSeconds(30),
            stopped::incrementAndGet);
    CompletableFuture<Integer> closer =
        calls.submit(
            () -> {
              calls.close();
              calls.close();
              return stopped.get();
            });

    assertEquals(0, closer.join());
    assertEquals(1, stopped.get());
    calls.close();
    assertEquals(1, stopped.get());
  }

  @Test
  void aCallThatComesTooLateIsToldSoWhetherItHasADeadlineOrNot() throws Exception {
    AsyncCalls calls = AsyncCalls.builder().build();
    calls.close();

    String why = "closed; make calls before close, or open another AsyncCalls";
    assertEquals(why, failure(calls.submit(() -> 1)).getMessage());
    assertEquals(why, failure(calls.submit(() -> 1, Duration.ofSeconds(1))).getMessage());
  }

  @Test
  void whatAListenerMakesIsInterruptedToo() throws Exception {
    AsyncCalls calls = AsyncCalls.builder().threads(1).patience(Duration.ZERO).build();
    Gate held = new Gate();
    CompletableFuture<Integer> listener =
        calls.submit(gate.before(1)).thenApply(one -> calls.submit(held.before(2)).join());
    gate.open();
    held.awaitReached();

    calls.close();

    held.awaitInterrupted();
    assertInstanceOf(AsyncRejectedException.class, failure(listener));
  }

  @Test
  void anEndIsToldEvenIfNoThreadCanBeHad() {
    AtomicInteger told = new AtomicInteger();
    Threads.elsewhere(
        work -> {
          throw new OutOfMemoryError("unable to create native thread, says a test");
        },
        told::incrementAndGet);

    assertEquals(1, told.get());
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
