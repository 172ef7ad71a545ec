package dev.tiercel.async;

import static dev.tiercel.async.Gate.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.task.InMemoryTaskRepository;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream ends once and in order, whatever meets: close, cancel, deadlines and slow readers. */
class StreamEndTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final TaskQuery BATCHES_OF_3 = TaskQuery.pending().limit(3);

  private final AsyncRejectedException why = new AsyncRejectedException("ended by a test", null);

  private final TaskRepository stored = new InMemoryTaskRepository(InstantSource.system());
  private final AtomicInteger reads = new AtomicInteger();
  private final TaskRepository tasks = HookedTasks.over(stored, reads::incrementAndGet);
  private final SetTicker time = new SetTicker();
  private final AsyncCalls calls = AsyncCalls.builder().threads(2).timer(time, time).build();
  private final Flow.Publisher<Task> timed =
      AsyncTaskRepository.of(tasks, calls).within(SECOND).publisher(BATCHES_OF_3);

  @BeforeEach
  void fill() {
    IntStream.range(0, 8)
        .mapToObj(i -> Task.titled("a").withId("t" + i).withCreatedAt(Instant.ofEpochSecond(i)))
        .forEach(stored::add);
  }

  @AfterEach
  void close() {
    calls.close();
  }

  /** Writes down what it is told, in order. */
  private static class Told implements Flow.Subscriber<Task> {
    final List<String> told = Collections.synchronizedList(new ArrayList<>());
    final CompletableFuture<List<String>> over = new CompletableFuture<>();
    Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      told.add("subscribed");
      subscription = given;
    }

    @Override
    public void onNext(Task task) {
      told.add(task.id());
    }

    @Override
    public void onError(Throwable failure) {
      told.add(String.valueOf(failure.getMessage()));
      over.complete(told);
    }

    @Override
    public void onComplete() {
      told.add("complete");
      over.complete(told);
    }
  }

  /** Asks for everything, and does something after each task, which it counts. */
  private Told doing(BiConsumer<Flow.Subscription, Integer> each) {
    Told doing =
        new Told() {
          private int taken;

          @Override
          public void onSubscribe(Flow.Subscription given) {
            super.onSubscribe(given);
            given.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(Task task) {
            super.onNext(task);
            taken++;
            each.accept(subscription, taken);
          }
        };
    timed.subscribe(doing);
    return doing;
  }

  @Test
  void theTimeThatASubscriberTakesIsNotThatOfABatch() throws Exception {
    Told slow = doing((subscription, n) -> time.advance(SECOND.multipliedBy(2)));

    assertEquals(
        List.of("subscribed", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "complete"),
        result(slow.over));
    assertEquals(0, calls.stats().timedOut());
  }

  @Test
  void whatEndsAStreamBeforeItReadsSparesTheRead() throws Exception {
    Told ended =
        doing(
            (subscription, n) -> {
              if (n == 3) { // The next batch takes the time before anybody can stop it.
                time.whenAsked(1, () -> ((Work) subscription).refuse(why));
              }
            });

    assertEquals(List.of("subscribed", "t0", "t1", "t2", "ended by a test"), result(ended.over));
    assertEquals(1, reads.get());
  }

  @Test
  void aCancelThatMeetsTheAlarmOfABatchLeavesNone() throws Exception {
    CompletableFuture<Integer> taken = new CompletableFuture<>();
    doing(
        (subscription, n) -> {
          if (n == 3) { // Once when its time begins, once when the alarm is set.
            time.whenAsked(
                2,
                () -> {
                  subscription.cancel();
                  taken.complete(n);
                });
          }
        });

    assertEquals(3, result(taken));
    while (calls.stats().streams() > 0) {
      result(calls.submit(() -> 1));
    }
    assertEquals(0, time.planned());
    assertEquals(1, reads.get());
  }

  @Test
  void aStreamWhoseTimerGetsNoThreadEndsAndMakesRoom() throws Exception {
    time.beWithoutThread(true);
    List<String> told = result(doing((subscription, n) -> {}).over);

    assertEquals(2, told.size(), told.toString());
    assertTrue(told.get(1).startsWith("no alarm can be set for the deadline"), told.get(1));
    assertEquals(0, calls.stats().streams());
    assertEquals(0, reads.get());
  }

  @Test
  void whatIsAskedForWhileATurnLeavesItsPlaceIsAnotherTurn() throws Exception {
    AtomicInteger left = new AtomicInteger();
    CompletableFuture<Integer> third = new CompletableFuture<>();
    timed.subscribe(
        new Told() {
          @Override
          public void onSubscribe(Flow.Subscription given) {
            super.onSubscribe(given);
            given.request(1);
          }

          @Override
          public void onNext(Task task) {
            super.onNext(task);
            if (left.incrementAndGet() == 3) {
              third.complete(3);
            } else { // After the turn, and before somebody else has its place.
              Seat.whenLeft(calls.places(), () -> subscription.request(1));
            }
          }
        });

    assertEquals(3, result(third));
  }

  @Test
  void aStreamThatEndsBeforeOrWhileItIsSubscribedIsToldAfterwards() throws Exception {
    Told during =
        new Told() {
          @Override
          public void onSubscribe(Flow.Subscription given) {
            given.request(1);
            ((Work) given).refuse(why);
            super.onSubscribe(given);
          }
        };
    timed.subscribe(during);
    Told before = new Told();
    TaskSubscription subscription = new TaskSubscription((TaskPublisher) timed, before);
    subscription.refuse(why);
    subscription.start();

    assertEquals(List.of("subscribed", "ended by a test"), result(during.over));
    assertEquals(List.of("subscribed", "ended by a test"), result(before.over));
  }

  @Test
  void aCloseThatMeetsASubscriptionEndsIt() throws Exception {
    Random random = new Random(5);
    int complete = 0;
    int refused = 0;
    for (int round = 0; round < 2_000; round++) {
      AsyncCalls closing = AsyncCalls.builder().threads(1 + round % 2).build();
      Flow.Publisher<Task> some = AsyncTaskRepository.of(tasks, closing).publisher(BATCHES_OF_3);
      int asked = random.nextInt(3) * 5;
      int spins = random.nextInt(400);
      CompletableFuture<Void> closed =
          CompletableFuture.runAsync(
              () -> {
                for (int spin = 0; spin < spins; spin++) {
                  Thread.onSpinWait();
                }
                closing.close();
              });
      Taker taker = Taker.of(some);
      if (asked > 0) {
        taker.request(asked);
      }
      try {
        result(taker.end());
        complete++;
      } catch (ExecutionException e) {
        assertInstanceOf(AsyncRejectedException.class, e.getCause());
        refused++;
      }
      result(closed);
      taker.assertOrderly();
      assertEquals(0, closing.stats().streams());
    }
    assertTrue(refused > 0 && complete + refused == 2_000, complete + " and " + refused);
  }
}
