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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AsyncDeadlineTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SetTicker time = new SetTicker();
  private final AsyncCalls calls = builder().build();
  private final Gate gate = new Gate();
  private final AtomicInteger ran = new AtomicInteger();

  private AsyncCallsBuilder builder() {
    return AsyncCalls.builder().threads(1).timer(time, time);
  }

  @AfterEach
  void close() {
    gate.open();
    calls.close();
  }

  private static boolean begun(CompletableFuture<?> late) throws Exception {
    return assertInstanceOf(AsyncTimeoutException.class, failure(late)).begun();
  }

  @Test
  void aCallThatDidNotBeginByItsDeadlineNeverRuns() throws Exception {
    CompletableFuture<Integer> first = calls.submit(gate.before(1));
    CompletableFuture<Integer> second = calls.submit(ran::incrementAndGet, SECOND);

    time.advance(SECOND.minusNanos(1));
    assertFalse(second.isDone());
    assertEquals(1, calls.stats().waiting());
    assertEquals(0, calls.stats().timedOut());
    time.advance(Duration.ofNanos(1));

    assertEquals(0, calls.stats().waiting(), "its place is free");
    assertEquals(1, calls.stats().timedOut());
    assertFalse(begun(second));
    gate.open();
    assertEquals(1, result(first));
    assertEquals(3, result(calls.submit(() -> 3)));
    assertEquals(0, ran.get());
    assertEquals(
        "the call did not begin within its deadline of PT1S and never will;"
            + " try again later, raise threads, or give it more time",
        failure(second).getMessage());
  }

  @Test
  void aLateAlarmLetsNoLateCallBegin() throws Exception {
    CompletableFuture<Integer> first = calls.submit(gate.before(1));
    CompletableFuture<Integer> second = calls.submit(ran::incrementAndGet, SECOND);

    time.oversleep(SECOND);
    gate.open();

    assertFalse(begun(second));
    assertEquals(1, result(first));
    assertEquals(0, ran.get());
  }

  @Test
  void aCallThatRunsAtItsDeadlineIsInterrupted() throws Exception {
    CompletableFuture<Integer> late = calls.submit(gate.before(1), SECOND);
    gate.awaitReached();

    time.advance(SECOND);

    gate.awaitInterrupted();
    assertTrue(begun(late));
    assertEquals(2, result(calls.submit(() -> 2)));
    assertEquals(1, calls.stats().timedOut());
  }

  @Test
  void aCallThatIsDoneInTimeLeavesNoAlarm() throws Exception {
    assertEquals(1, result(calls.submit(() -> 1, SECOND)));
    CompletableFuture<Integer> cancelled = calls.submit(gate.before(1), SECOND);
    cancelled.cancel(true);

    assertEquals(0, time.planned());
    time.advance(SECOND);
    assertTrue(cancelled.isCancelled());
    assertEquals(0, calls.stats().timedOut());
  }

  @Test
  void aDeadlineThatIsOverAlreadyMakesNoCall() throws Exception {
    assertFalse(begun(calls.submit(ran::incrementAndGet, Duration.ZERO)));
    assertFalse(begun(calls.submit(ran::incrementAndGet, Duration.ofSeconds(-5))));
    assertEquals(0, ran.get());
    assertEquals(1, result(calls.submit(ran::incrementAndGet, Duration.ofSeconds(Long.MAX_VALUE))));
  }

  @Test
  void theDeadlineOfTheBuilderIsForCallsWithoutTheirOwn() throws Exception {
    try (AsyncCalls short1 = builder().deadline(SECOND).build()) {
      CompletableFuture<Integer> late = short1.submit(gate.before(1));
      gate.awaitReached();
      CompletableFuture<Integer> own = short1.submit(() -> 2, Duration.ofMinutes(1));

      time.advance(SECOND);

      assertTrue(begun(late));
      assertEquals(2, result(own));
    }
  }

  @Test
  void aListenerThatBlocksHoldsUpNoOtherDeadline() throws Exception {
    CompletableFuture<Integer> first = calls.submit(gate.before(1), SECOND);
    CountDownLatch told = new CountDownLatch(1);
    CompletableFuture<Integer> listened =
        first.exceptionally(
            late -> {
              try {
                assertTrue(told.await(30, TimeUnit.SECONDS));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return 7;
            });
    CompletableFuture<Integer> second = calls.submit(ran::incrementAndGet, SECOND);

    time.advance(SECOND); // On this thread, which would hang with the listener.

    assertFalse(begun(second));
    told.countDown();
    assertEquals(7, result(listened));
  }

  @Test
  void howeverManyListenersMayWaitForAnotherTry() throws Exception {
    CompletableFuture<Integer> first = calls.submit(gate.before(1));
    CountDownLatch tried = new CountDownLatch(20);
    List<CompletableFuture<Integer>> listeners = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      CompletableFuture<Integer> late = calls.submit(ran::incrementAndGet, SECOND);
      listeners.add(
          late.exceptionally(
              why -> {
                CompletableFuture<Integer> again = calls.submit(ran::incrementAndGet, SECOND);
                tried.countDown();
                return again.join(); // Is late in turn, so each keeps a thread until it is told.
              }));
    }

    time.advance(SECOND);
    assertTrue(tried.await(30, TimeUnit.SECONDS), "only some were told");
    time.advance(SECOND);

    for (CompletableFuture<Integer> listener : listeners) {
      assertFalse(begun(listener));
    }
    gate.open();
    assertEquals(1, result(first));
    assertEquals(0, ran.get());
  }

  @Test
  void aTimerThatIsShutDownRefusesTheCall() throws Exception {
    time.shutdown();
    Throwable why = failure(calls.submit(ran::incrementAndGet, SECOND));
    assertInstanceOf(AsyncRejectedException.class, why);
    assertEquals(
        "the timer for deadlines is shut down; shut it down after the calls are closed",
        why.getMessage());
    assertEquals(
        1, result(calls.submit(ran::incrementAndGet)), "without a deadline none is needed");
  }

  @Test
  void aTimerThatGetsNoThreadRefusesTheCall() throws Exception {
    time.beWithoutThread(true);
    CompletableFuture<Integer> asked = // Inside a future, because JUnit would die of that error.
        CompletableFuture.completedFuture(0)
            .thenCompose(zero -> calls.submit(ran::incrementAndGet, SECOND));
    Throwable why = failure(asked);
    assertInstanceOf(AsyncRejectedException.class, why);
    assertEquals(
        "no alarm can be set for the deadline; let the process have more threads and memory,"
            + " or look at the timer: java.lang.OutOfMemoryError: unable to create native thread",
        why.getMessage());
    assertInstanceOf(OutOfMemoryError.class, why.getCause());
    assertEquals(1, calls.stats().rejected());

    time.beWithoutThread(false);
    assertEquals(1, result(calls.submit(ran::incrementAndGet, SECOND)), "the first never ran");
  }

  @Test
  void anAlarmThatCannotBeCancelledKeepsNoResultBack() throws Exception {
    time.beStuck();
    assertEquals(1, result(calls.submit(() -> 1, SECOND)));
    CompletableFuture<Integer> cancelled = calls.submit(gate.before(1), SECOND);
    assertTrue(cancelled.cancel(true));
    CompletableFuture<Integer> late = calls.submit(gate.before(1), SECOND);

    time.advance(SECOND);

    assertInstanceOf(AsyncTimeoutException.class, failure(late));
    assertEquals(1, calls.stats().completed());
    assertEquals(1, calls.stats().timedOut());
  }

  @Test
  void aThreadWhoseCallEndedBadlyIsInsideItNoLonger() throws Exception {
    time.beStuck();
    ExecutorService only = Executors.newSingleThreadExecutor();
    try (AsyncCalls shared = AsyncCalls.builder().executor(only).timer(time, time).build()) {
      var unused = shared.submit(() -> 1, SECOND);
      Future<Boolean> doneAtOnce = only.submit(() -> shared.submit(() -> 2).isDone());
      assertFalse(doneAtOnce.get(30, TimeUnit.SECONDS), "it was made as if inside the first");
    } finally {
      only.shutdown();
    }
  }

  @Test
  void theDeadlineOfACallInsideAnotherInterruptsOnlyThatOne() throws Exception {
    CompletableFuture<Boolean> outer =
        calls.submit(
            () -> {
              assertTrue(begun(calls.submit(gate.before(1), SECOND)));
              return Thread.currentThread().isInterrupted();
            });
    gate.awaitReached();
    time.advance(SECOND);

    assertFalse(result(outer));
  }

  @Test
  void theInterruptOfACallDoesNotOutliveIt() throws Exception {
    try (AsyncCalls here = AsyncCalls.builder().executor(Runnable::run).timer(time, time).build()) {
      CompletableFuture<Void> clock =
          CompletableFuture.runAsync(
              () -> {
                try {
                  gate.awaitReached();
                  time.advance(SECOND);
                  gate.awaitInterrupted();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                gate.open();
              });
      assertTrue(begun(here.submit(gate.stubbornlyBefore(1), SECOND)));
      assertFalse(Thread.interrupted(), "the thread belongs to somebody else");
      result(clock);
    }
  }

  @Test
  void aRealTimerRings() throws Exception {
    try (AsyncCalls real = AsyncCalls.builder().build()) {
      assertTrue(begun(real.submit(gate.before(1), Duration.ofMillis(20))));
      gate.awaitInterrupted();
    }
  }
}
