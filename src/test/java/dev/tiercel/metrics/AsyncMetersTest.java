package dev.tiercel.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.async.AsyncCalls;
import dev.tiercel.async.AsyncTaskRepository;
import dev.tiercel.task.InMemoryTaskRepository;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AsyncMetersTest {
  private final TouchedMeters registry = new TouchedMeters();
  private final CountDownLatch gate = new CountDownLatch(1);

  private double calls(String state) {
    return registry.value("tiercel.async.calls", "calls", "reports", "state", state);
  }

  private double ended(String outcome) {
    return registry.value("tiercel.async.ended", "calls", "reports", "outcome", outcome);
  }

  private boolean pass() throws InterruptedException {
    return gate.await(30, TimeUnit.SECONDS);
  }

  @Test
  void eachFigureIsUnderItsOwnName() {
    try (AsyncCalls calls = AsyncCalls.builder().threads(1).queue(2).build();
        TiercelMetrics metrics = TiercelMetrics.of(calls, "reports")) {
      metrics.bindTo(registry);
      CompletableFuture<Boolean> held = calls.submit(this::pass);
      CompletableFuture<Integer> waiting =
          calls.submit(
              () -> {
                throw new IllegalStateException("as asked");
              });
      CompletableFuture<Integer> last = calls.submit(() -> 1);
      assertEquals(1, calls("running"));
      assertEquals(2, calls("waiting"));
      assertThrows(CompletionException.class, calls.submit(() -> 2)::join);
      assertEquals(1, ended("rejected"));

      assertTrue(last.cancel(true));
      assertThrows(CompletionException.class, calls.submit(() -> 3, Duration.ZERO)::join);
      gate.countDown();
      assertTrue(held.join());
      assertThrows(CompletionException.class, waiting::join);
      assertEquals(1, calls.submit(() -> 1).join());

      assertEquals(
          List.of(2.0, 1.0, 1.0, 1.0, 1.0),
          List.of(
              ended("completed"),
              ended("failed"),
              ended("cancelled"),
              ended("timed_out"),
              ended("rejected")));
    }
    assertEquals(List.of(), registry.getMeters());
  }

  @Test
  void aStreamIsCountedWhileItIsOpen() {
    try (AsyncCalls calls = AsyncCalls.builder().build();
        TiercelMetrics metrics = TiercelMetrics.of(calls, "reports")) {
      metrics.bindTo(registry);
      AsyncTaskRepository.of(new InMemoryTaskRepository(InstantSource.system()), calls)
          .publisher(TaskQuery.all())
          .subscribe(new Idle());
      assertEquals(1, registry.value("tiercel.async.streams", "calls", "reports"));
    }
  }

  /** Asks for nothing. */
  private static final class Idle implements Flow.Subscriber<Task> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {}

    @Override
    public void onNext(Task task) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }
}
