package dev.tiercel.async;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Calls that stand until they are let through, and waits that end some day. */
final class Gate {
  private final CountDownLatch open = new CountDownLatch(1);
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);

  /** Stands at the gate, returns what is given, or notes an interrupt and throws it on. */
  <T> Callable<T> before(T value) {
    return () -> {
      reached.countDown();
      try {
        assertTrue(open.await(30, TimeUnit.SECONDS), "nobody opened the gate");
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
      return value;
    };
  }

  /** Stands at the gate whatever comes. */
  <T> Callable<T> stubbornlyBefore(T value) {
    return () -> {
      reached.countDown();
      boolean flag = false;
      while (open.getCount() > 0) {
        try {
          assertTrue(open.await(30, TimeUnit.SECONDS), "nobody opened the gate");
        } catch (InterruptedException e) {
          interrupted.countDown();
          flag = true;
        }
      }
      if (flag) {
        Thread.currentThread().interrupt();
      }
      return value;
    };
  }

  void open() {
    open.countDown();
  }

  void awaitReached() throws InterruptedException {
    assertTrue(reached.await(30, TimeUnit.SECONDS), "nobody came");
  }

  void awaitInterrupted() throws InterruptedException {
    assertTrue(interrupted.await(30, TimeUnit.SECONDS), "nobody was interrupted");
  }

  static <T> T result(CompletableFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  /** What a future fails with, as it is. */
  static Throwable failure(CompletableFuture<?> future) throws Exception {
    try {
      throw new AssertionError("returned " + future.get(30, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }
}
