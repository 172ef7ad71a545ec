package dev.tiercel.async;

import static dev.tiercel.async.Gate.failure;
import static dev.tiercel.async.Gate.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An interrupt reaches the call that it is meant for, however many run on its thread. */
class AsyncNestedTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SetTicker time = new SetTicker();
  private final AsyncCalls calls = AsyncCalls.builder().threads(1).timer(time, time).build();
  private final AsyncCalls here =
      AsyncCalls.builder().executor(Runnable::run).timer(time, time).build();
  private final Gate gate = new Gate();
  private final CompletableFuture<Boolean> seen = new CompletableFuture<>();

  @AfterEach
  void close() {
    gate.open();
    here.close();
    calls.close();
  }

  private static boolean isInterrupted() {
    return Thread.currentThread().isInterrupted();
  }

  @Test
  void theInterruptOfACallSurvivesThatOfOneInsideIt() throws Exception {
    for (AsyncCalls inner : new AsyncCalls[] {calls, here}) {
      Gate held = new Gate();
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      CompletableFuture<Boolean> outer =
          calls.submit(
              () -> {
                CompletableFuture<Integer> late = inner.submit(held.stubbornlyBefore(1), SECOND);
                flag.complete(isInterrupted()); // The other is told of its end elsewhere, later.
                return late.isCompletedExceptionally();
              });
      held.awaitReached();

      assertTrue(outer.cancel(true));
      time.advance(SECOND);
      held.open();

      assertTrue(result(flag), "the call that was cancelled is not told");
    }
  }

  @Test
  void anInterruptThatEndsInACallInsideReachesThoseAroundIt() throws Exception {
    CompletableFuture<Boolean> middle = new CompletableFuture<>();
    CompletableFuture<Boolean> outer =
        calls.submit(
            () -> {
              CompletableFuture<Boolean> done =
                  here.submit(
                      () -> {
                        CompletableFuture<Integer> inner = calls.submit(gate.before(1));
                        assertInstanceOf(InterruptedException.class, failure(inner));
                        return middle.complete(isInterrupted());
                      });
              assertTrue(done.isDone());
              return seen.complete(isInterrupted());
            });
    gate.awaitReached();

    assertTrue(outer.cancel(true));

    assertTrue(result(middle));
    assertTrue(result(seen));
  }

  @Test
  void theInterruptOfACallInsideDoesNotReachTheOneAroundIt() throws Exception {
    CompletableFuture<Boolean> outer =
        calls.submit(
            () -> {
              CompletableFuture<Integer> late = calls.submit(gate.stubbornlyBefore(1), SECOND);
              assertInstanceOf(AsyncTimeoutException.class, failure(late));
              return isInterrupted();
            });
    gate.awaitReached();

    time.advance(SECOND);
    gate.open();

    assertFalse(result(outer));
  }

  @Test
  void whatACallDoesToCleanUpIsNotInterruptedAgain() throws Exception {
    CompletableFuture<Boolean> outer =
        calls.submit(
            () -> {
              try {
                return gate.before(false).call();
              } catch (InterruptedException e) { // Which is heeded now.
                assertEquals(1, calls.submit(() -> 1).join());
                return seen.complete(isInterrupted());
              }
            });
    gate.awaitReached();

    assertTrue(outer.cancel(true));

    assertFalse(result(seen));
  }

  @Test
  void anInterruptThatWasThereBeforeACallInsideIsThereAfterIt() throws Exception {
    CompletableFuture<Boolean> outer =
        calls.submit(
            () -> {
              Thread.currentThread().interrupt();
              Callable<Integer> heeding =
                  () -> {
                    new CountDownLatch(1).await();
                    return 1;
                  };
              assertInstanceOf(InterruptedException.class, failure(calls.submit(heeding)));
              return Thread.interrupted();
            });

    assertTrue(result(outer));
  }

  @Test
  void aCallInsideThatGoesByAnotherStillRunsThereAndThen() throws Exception {
    CompletableFuture<Boolean> outer =
        calls.submit(
            () -> {
              CompletableFuture<Boolean> done =
                  here.submit(() -> calls.submit(Thread::currentThread).isDone());
              return done.getNow(false);
            });

    assertTrue(result(outer), "it waits for the only thread, which may wait for it");
  }

  @Test
  void aCallMayCloseWhatItRunsInByWayOfAnother() throws Exception {
    AsyncCalls closed = AsyncCalls.builder().patience(Duration.ofMinutes(5)).build();
    CompletableFuture<Boolean> outer =
        closed.submit(
            () -> {
              CompletableFuture<Integer> closer =
                  here.submit(
                      () -> {
                        closed.close();
                        return 1;
                      });
              return closer.isDone();
            });

    assertTrue(result(outer), "it waits for itself");
  }

  @Test
  void aCancelThatMeetsTheDeadlineOfACallInsideIsNeverLost() throws Exception {
    Random random = new Random(11);
    for (int round = 0; round < 1_000; round++) {
      Gate held = new Gate();
      CompletableFuture<Void> told = new CompletableFuture<>();
      CompletableFuture<Boolean> outer =
          calls.submit(
              () -> {
                try {
                  failure(calls.submit(held.before(1), SECOND));
                  assertFalse(new CountDownLatch(1).await(30, TimeUnit.SECONDS), "nobody told it");
                  return false;
                } catch (InterruptedException e) {
                  return told.complete(null);
                }
              });
      held.awaitReached();
      int spins = random.nextInt(300);
      CompletableFuture<Void> clock = CompletableFuture.runAsync(() -> time.advance(SECOND));
      for (int spin = 0; spin < spins; spin++) {
        Thread.onSpinWait();
      }
      assertTrue(outer.cancel(true));
      result(clock);
      result(told);
    }
  }
}
