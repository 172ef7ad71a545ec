package dev.tiercel.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assertions;

/**
 * Takes tasks when the test asks for them, and insists that it is signalled by one at a time, told
 * of the end once, and then of nothing.
 */
final class Taker implements Flow.Subscriber<Task> {
  private final LinkedBlockingQueue<Task> taken = new LinkedBlockingQueue<>();
  private final AtomicInteger inside = new AtomicInteger();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final CountDownLatch subscribed = new CountDownLatch(1);
  private volatile Flow.Subscription subscription;
  private volatile boolean overlapped;
  private volatile boolean disturbed;

  static Taker of(Flow.Publisher<Task> tasks) throws InterruptedException {
    Taker taker = new Taker();
    tasks.subscribe(taker);
    assertTrue(taker.subscribed.await(30, TimeUnit.SECONDS));
    return taker;
  }

  private void alone(Runnable signal) {
    if (inside.getAndIncrement() != 0) {
      overlapped = true;
    }
    if (over.isDone()) {
      disturbed = true;
    }
    signal.run();
    inside.decrementAndGet();
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    alone(
        () -> {
          subscription = given;
          subscribed.countDown();
        });
  }

  @Override
  public void onNext(Task task) {
    alone(() -> taken.add(task));
  }

  @Override
  public void onError(Throwable failure) {
    alone(() -> over.completeExceptionally(failure));
  }

  @Override
  public void onComplete() {
    alone(() -> over.complete(null));
  }

  void request(long n) {
    subscription.request(n);
  }

  void cancel() {
    subscription.cancel();
  }

  /** The ids of the next tasks. */
  List<String> take(int n) throws InterruptedException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Task task = taken.poll(30, TimeUnit.SECONDS);
      assertNotNull(task, "only " + ids + " came");
      ids.add(task.id());
    }
    return ids;
  }

  void assertNothingMore() {
    assertEquals(List.of(), List.copyOf(taken));
    Assertions.assertFalse(over.isDone());
  }

  void assertComplete() throws Exception {
    Gate.result(over);
    assertEquals(List.of(), List.copyOf(taken));
    assertOrderly();
  }

  void assertOrderly() {
    Assertions.assertFalse(overlapped, "signals overlapped");
    Assertions.assertFalse(disturbed, "a signal came after the end");
  }

  Throwable error() throws Exception {
    return Gate.failure(over);
  }

  /** Completes or fails as the stream does. */
  CompletableFuture<Void> end() {
    return over;
  }

  boolean isOver() {
    return over.isDone();
  }
}
