package dev.tiercel.async;

import static dev.tiercel.async.Gate.failure;
import static dev.tiercel.async.Gate.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AsyncCancelTest {
  private final AsyncCalls calls = AsyncCalls.builder().threads(1).build();
  private final Gate gate = new Gate();

  @AfterEach
  void close() {
    gate.open();
    calls.close();
  }

  @Test
  void whatIsCancelledBeforeItBeganNeverRuns() throws Exception {
    CompletableFuture<Integer> first = calls.submit(gate.before(1));
    AtomicInteger ran = new AtomicInteger();
    CompletableFuture<Integer> second = calls.submit(ran::incrementAndGet);
    CompletableFuture<String> third = calls.submit(() -> "third");

    assertTrue(second.cancel(false));
    gate.open();

    assertEquals(1, result(first));
    assertEquals("third", result(third));
    assertThrows(CancellationException.class, second::join);
    assertEquals(0, ran.get());
    assertFalse(first.cancel(true), "it is done");
    assertEquals(1, calls.stats().cancelled());
  }

  @Test
  void whatRunsIsInterruptedAndTheNextCallIsNot() throws Exception {
    CompletableFuture<Integer> first = calls.submit(gate.before(1));
    CompletableFuture<Boolean> next = calls.submit(() -> Thread.currentThread().isInterrupted());
    gate.awaitReached();

    assertTrue(first.cancel(true));

    gate.awaitInterrupted();
    assertThrows(CancellationException.class, first::join);
    assertFalse(result(next));
  }

  @Test
  void aCallThatIgnoresTheInterruptKeepsItsThreadAndNotItsFlag() throws Exception {
    CompletableFuture<Integer> first = calls.submit(gate.stubbornlyBefore(1));
    CompletableFuture<Boolean> next = calls.submit(() -> Thread.currentThread().isInterrupted());
    gate.awaitReached();

    assertTrue(first.cancel(true));

    gate.awaitInterrupted();
    assertTrue(first.isCancelled());
    assertFalse(next.isDone());
    assertEquals(1, calls.stats().running());
    gate.open();
    assertFalse(result(next));
  }

  @Test
  void whoCompletesTheFutureEndsTheCall() throws Exception {
    CompletableFuture<Integer> first = calls.submit(gate.before(1));
    AtomicInteger ran = new AtomicInteger();
    CompletableFuture<Integer> second = calls.submit(ran::incrementAndGet);
    gate.awaitReached();

    assertTrue(second.complete(7));
    assertTrue(first.completeExceptionally(new IllegalStateException("enough")));

    gate.awaitInterrupted();
    assertEquals(7, result(second));
    assertEquals("enough", failure(first).getMessage());
    assertEquals(3, result(calls.submit(() -> 3)));
    assertEquals(0, ran.get());
  }

  @Test
  void orTimeoutEndsTheCallToo() throws Exception {
    CompletableFuture<Integer> first = calls.submit(gate.before(1));
    gate.awaitReached();

    assertInstanceOf(TimeoutException.class, failure(first.orTimeout(1, TimeUnit.MILLISECONDS)));
    gate.awaitInterrupted();
  }

  @Test
  void aCancelThatMeetsTheBeginningNeverLeavesAnInterruptBehind() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      AtomicBoolean began = new AtomicBoolean();
      CompletableFuture<Integer> raced =
          calls.submit(
              () -> {
                began.set(true);
                return 1;
              });
      for (int spin = i % 1_000; spin > 0; spin--) {
        Thread.onSpinWait();
      }
      boolean cancelled = raced.cancel(true);

      assertFalse(result(calls.submit(() -> Thread.currentThread().isInterrupted())));
      assertTrue(cancelled || began.get(), "a call that was not cancelled has run");
      assertEquals(cancelled, raced.isCancelled());
    }
    AsyncStats stats = calls.stats();
    assertEquals(10_000, stats.completed() + stats.cancelled(), stats::toString);
  }
}
