package dev.tiercel.async;

import static dev.tiercel.async.Gate.failure;
import static dev.tiercel.async.Gate.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AsyncCallsTest {
  /** What calls may run on. */
  enum On {
    ITS_OWN,
    A_POOL,
    A_GIVEN_POOL;

    AsyncCallsBuilder builder(ExecutorService given) {
      return switch (this) {
        case ITS_OWN -> AsyncCalls.builder();
        case A_POOL -> AsyncCalls.builder().virtualThreads(false);
        case A_GIVEN_POOL -> AsyncCalls.builder().executor(given);
      };
    }
  }

  @Test
  void aCallRunsOnAnotherThreadAndItsFutureHasTheResult() throws Exception {
    try (AsyncCalls calls = AsyncCalls.builder().build()) {
      Thread ran = result(calls.submit(Thread::currentThread));

      assertFalse(ran.equals(Thread.currentThread()));
      assertTrue(ran.isDaemon());
      assertTrue(ran.getName().startsWith("tiercel-async-"), ran.getName());
      assertNull(result(calls.submit(() -> null)));
    }
  }

  @Test
  void theThreadIsVirtualWhereTheJvmHasThem() throws Exception {
    boolean wanted = Runtime.version().feature() >= 21;
    try (AsyncCalls calls = AsyncCalls.builder().build()) {
      Thread ran = result(calls.submit(Thread::currentThread));

      assertEquals(wanted, ran.getClass().getName().contains("Virtual"), ran::toString);
    }
    if (wanted) {
      AsyncCalls.builder().virtualThreads(true).build().close();
    } else {
      var refusal =
          assertThrows(
              UnsupportedOperationException.class, () -> AsyncCalls.builder().virtualThreads(true));
      assertTrue(refusal.getMessage().contains("run JDK 21 or later"), refusal.getMessage());
    }
  }

  @Test
  void aFutureFailsWithWhatTheCallThrewAsItIs() throws Exception {
    try (AsyncCalls calls = AsyncCalls.builder().build()) {
      for (Throwable thrown : List.of(new IOException("no"), new IllegalStateException("no"))) {
        assertSame(thrown, failure(calls.submit(() -> sneak(thrown))));
      }
      Error error = new AssertionError("no");
      assertSame(error, failure(calls.submit(() -> sneak(error))));
      assertEquals(1, result(calls.submit(() -> 1)));
      assertEquals(3, calls.stats().failed());
      assertEquals(1, calls.stats().completed());
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <R, E extends Throwable> R sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @ParameterizedTest
  @EnumSource
  void noMoreCallsRunThanThereAreThreads(On on) throws Exception {
    ExecutorService given = Executors.newCachedThreadPool();
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (AsyncCalls calls = on.builder(given).threads(3).queue(2_000).build()) {
      List<CompletableFuture<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        int number = i;
        futures.add(
            calls.submit(
                () -> {
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  spin(number % 500);
                  running.decrementAndGet();
                  return number;
                }));
      }
      for (int i = 0; i < futures.size(); i++) {
        assertEquals(i, result(futures.get(i)));
      }
    } finally {
      given.shutdown();
    }
    assertTrue(most.get() <= 3, most::toString);
  }

  private static void spin(int times) {
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @EnumSource
  void beyondTheQueueCallsAreRefusedWithBoundAndRemedy(On on) throws Exception {
    ExecutorService given = Executors.newCachedThreadPool();
    Gate gate = new Gate();
    try (AsyncCalls calls = on.builder(given).threads(2).queue(3).build()) {
      List<CompletableFuture<Integer>> taken = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        taken.add(calls.submit(gate.before(i)));
      }
      assertEquals(2, calls.stats().running());
      assertEquals(3, calls.stats().waiting());

      AtomicInteger ran = new AtomicInteger();
      Throwable refusal = failure(calls.submit(ran::incrementAndGet));
      assertInstanceOf(AsyncRejectedException.class, refusal);
      assertEquals(
          "2 calls run and 3 wait, no more are taken; slow down, or raise threads or queue",
          refusal.getMessage());

      taken.get(4).cancel(true); // Makes room at once.
      CompletableFuture<Integer> last = calls.submit(ran::incrementAndGet);
      gate.open();
      assertEquals(1, result(last));
      for (int i = 0; i < 4; i++) {
        assertEquals(i, result(taken.get(i)));
      }
      assertEquals(1, calls.stats().rejected());
      assertEquals(1, calls.stats().cancelled());
    } finally {
      gate.open();
      given.shutdown();
    }
  }

  @Test
  void anExecutorThatRefusesIsToldAsSuchAndHoldsNoPlace() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (AsyncCalls calls =
        AsyncCalls.builder()
            .threads(1)
            .executor(
                work -> {
                  if (asked.incrementAndGet() <= 2) {
                    throw new RejectedExecutionException("full");
                  }
                  work.run();
                })
            .build()) {
      for (int i = 0; i < 2; i++) {
        Throwable refusal = failure(calls.submit(() -> 1));
        assertInstanceOf(AsyncRejectedException.class, refusal);
        assertTrue(refusal.getMessage().startsWith("the executor refused"), refusal.getMessage());
        assertEquals("full", refusal.getCause().getMessage());
      }
      assertEquals(2, result(calls.submit(() -> 2)));
      assertEquals(0, calls.stats().running());
    }
  }

  @Test
  void whatAnExecutorRefusesTakesAlongWhatWaitedForIt() throws Exception {
    Gate gate = new Gate();
    Callable<Integer> held = gate.before(1);
    try (AsyncCalls calls =
        AsyncCalls.builder()
            .threads(1)
            .executor(
                work -> {
                  try {
                    held.call();
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                  throw new RejectedExecutionException("shut down");
                })
            .build()) {
      CompletableFuture<Throwable> first =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return failure(calls.submit(() -> 1));
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      gate.awaitReached();
      CompletableFuture<Integer> second = calls.submit(() -> 2);
      assertEquals(1, calls.stats().waiting());

      gate.open();

      assertInstanceOf(AsyncRejectedException.class, result(first));
      assertInstanceOf(AsyncRejectedException.class, failure(second));
      assertEquals(0, calls.stats().waiting());
    }
  }

  @Test
  void anExecutorThatRunsCallsOnTheCallersThreadWorks() throws Exception {
    try (AsyncCalls calls = AsyncCalls.builder().executor(Runnable::run).build()) {
      CompletableFuture<Thread> done = calls.submit(Thread::currentThread);

      assertTrue(done.isDone());
      assertSame(Thread.currentThread(), result(done));
      Thread.currentThread().interrupt();
      assertFalse(calls.submit(() -> Thread.currentThread().isInterrupted()).join());
      assertTrue(Thread.interrupted(), "the caller's own interrupt is pending again");
    }
  }

  @Test
  void aListenerThatThrowsHarmsNoOtherCall() throws Exception {
    try (AsyncCalls calls = AsyncCalls.builder().threads(1).build()) {
      CompletableFuture<Integer> listened =
          calls
              .submit(() -> 1)
              .thenApply(
                  value -> {
                    throw new IllegalStateException("listener");
                  });
      assertEquals("listener", failure(listened).getMessage());
      assertEquals(2, result(calls.submit(() -> 2)));
    }
  }

  @Test
  void badSettingsAreRefusedWithValueRangeAndRemedy() {
    AsyncCallsBuilder builder = AsyncCalls.builder();
    refused("threads must be from 1 to 100000, but is 0", () -> builder.threads(0));
    refused("threads must be from 1 to 100000, but is 100001", () -> builder.threads(100_001));
    refused("queue must be from 1 to 10000000, but is -1", () -> builder.queue(-1));
    refused(
        "deadline must be positive and at most 36500 days, but is PT0S; leave it out to have none",
        () -> builder.deadline(Duration.ZERO));
    refused(
        "patience must be from 0 to 36500 days, but is PT-1S; zero does not wait",
        () -> builder.patience(Duration.ofSeconds(-1)));
    assertThrows(NullPointerException.class, () -> builder.executor(null));
    assertThrows(NullPointerException.class, () -> builder.timer(null, System::nanoTime));
  }

  private static void refused(String message, Runnable setting) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, setting::run).getMessage());
  }

  @Test
  void nullIsRefusedAtOnce() {
    try (AsyncCalls calls = AsyncCalls.builder().build()) {
      assertEquals(
          "call must not be null",
          assertThrows(NullPointerException.class, () -> calls.submit(null)).getMessage());
      assertEquals(
          "within must not be null",
          assertThrows(NullPointerException.class, () -> calls.submit(() -> 1, null)).getMessage());
    }
  }
}
