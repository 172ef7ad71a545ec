package dev.tiercel.async;

import static dev.tiercel.async.Gate.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.task.Cursor;
import dev.tiercel.task.InMemoryTaskRepository;
import dev.tiercel.task.InvalidValueException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reader of a stream notices; the rules of Reactive Streams have their own test. */
class TaskPublisherTest {
  private static final TaskQuery BATCHES_OF_3 = TaskQuery.pending().limit(3);

  private final TaskRepository stored = new InMemoryTaskRepository(InstantSource.system());
  private final AtomicInteger reads = new AtomicInteger();
  private final SetTicker time = new SetTicker();
  private final AsyncCalls calls =
      AsyncCalls.builder().threads(2).queue(4).timer(time, time).build();
  private final Gate gate = new Gate();
  private volatile Callable<?> beforeRead = () -> null;

  private final TaskRepository tasks =
      HookedTasks.over(
          stored,
          () -> {
            reads.incrementAndGet();
            return beforeRead.call();
          });

  private final AsyncTaskRepository async = AsyncTaskRepository.of(tasks, calls);

  @BeforeEach
  void fill() {
    IntStream.range(0, 8).forEach(i -> stored.add(task(i)));
  }

  @AfterEach
  void close() {
    gate.open();
    calls.close();
  }

  private static Task task(int i) {
    return Task.titled("Work").withId("t" + i).withCreatedAt(Instant.ofEpochSecond(i));
  }

  private static List<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "t" + i).toList();
  }

  @Test
  void everyTaskComesOnceInOrder() throws Exception {
    Taker taker = Taker.of(async.publisher(BATCHES_OF_3));
    taker.request(Long.MAX_VALUE);

    assertEquals(ids(0, 8), taker.take(8));
    taker.assertComplete();
    assertEquals(3, reads.get());
    assertEquals(0, calls.stats().streams());
  }

  @Test
  void eachSubscriberGoesThroughAllFromTheCursorOn() throws Exception {
    Flow.Publisher<Task> rest =
        async.publisher(BATCHES_OF_3.at(Cursor.after(BATCHES_OF_3, task(4))));
    for (int i = 0; i < 2; i++) {
      Taker taker = Taker.of(rest);
      taker.request(100);
      assertEquals(ids(5, 8), taker.take(3));
      taker.assertComplete();
    }
  }

  @Test
  void nothingIsReadBeforeItIsWantedAndNoMoreThanABatchBeyond() throws Exception {
    Taker taker = Taker.of(async.publisher(BATCHES_OF_3));
    assertEquals(0, reads.get());

    taker.request(1);
    assertEquals(ids(0, 1), taker.take(1));
    taker.request(2);
    assertEquals(ids(1, 3), taker.take(2));
    assertEquals(1, reads.get());
    taker.request(1);
    assertEquals(ids(3, 4), taker.take(1));
    taker.assertNothingMore();
    assertEquals(2, reads.get());
  }

  @Test
  void anEmptyListingCompletesWhenItIsLookedAt() throws Exception {
    Taker taker = Taker.of(async.publisher(TaskQuery.forAgent("nobody")));
    taker.request(1);
    taker.assertComplete();
  }

  @Test
  void signalsNeverOverlapWhoeverAsks() throws Exception {
    stored.addAll(IntStream.range(8, 3_000).mapToObj(TaskPublisherTest::task).toList());
    Taker taker = Taker.of(async.publisher(BATCHES_OF_3.limit(7)));
    List<CompletableFuture<Void>> askers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      askers.add(
          CompletableFuture.runAsync(
              () -> IntStream.range(0, 1_000).forEach(n -> taker.request(1))));
    }
    for (CompletableFuture<Void> asker : askers) {
      result(asker);
    }
    assertEquals(ids(0, 3_000), taker.take(3_000));
    taker.assertComplete();
  }

  @Test
  void whatIsAskedForWhileTheLastOneComesIsNotForgotten() throws Exception {
    stored.addAll(IntStream.range(8, 2_000).mapToObj(TaskPublisherTest::task).toList());
    for (int round = 0; round < 5; round++) {
      Taker taker = Taker.of(async.publisher(BATCHES_OF_3.limit(50)));
      for (int i = 0; i < 2_000; i++) {
        taker.request(1);
        assertEquals(1, taker.take(1).size());
      }
      taker.request(1);
      taker.assertComplete();
    }
  }

  @Test
  void aRepositoryThatSaysItWasCancelledIsBelieved() throws Exception {
    beforeRead =
        () -> {
          throw new CancellationException("elsewhere");
        };
    Taker taker = Taker.of(async.publisher(BATCHES_OF_3));
    taker.request(1);
    assertThrows(
        CancellationException.class, taker::error); // A future that failed with it says so.
  }

  @Test
  void lessThanOneIsAnErrorThatNamesTheRule() throws Exception {
    for (long n : new long[] {0, -1, Long.MIN_VALUE}) {
      Taker taker = Taker.of(async.publisher(BATCHES_OF_3));
      taker.request(n);
      Throwable error = taker.error();
      assertInstanceOf(IllegalArgumentException.class, error);
      assertTrue(error.getMessage().contains("3.9"), error.getMessage());
      taker.request(1); // Does nothing any more.
    }
    assertEquals(0, reads.get());
    assertEquals(0, calls.stats().streams());
  }

  @Test
  void cancellingInterruptsTheReadAndNothingComesAnyMore() throws Exception {
    beforeRead = gate.before(null);
    Taker taker = Taker.of(async.publisher(BATCHES_OF_3));
    taker.request(5);
    gate.awaitReached();

    taker.cancel();

    gate.awaitInterrupted();
    beforeRead = () -> null;
    Taker other = Taker.of(async.publisher(BATCHES_OF_3));
    other.request(1);
    assertEquals(ids(0, 1), other.take(1));
    taker.assertNothingMore();
    other.cancel();
    taker.cancel();
    awaitNoStreams();
  }

  /* The turn that takes the stream off the list runs on another thread. */
  private void awaitNoStreams() throws Exception {
    while (calls.stats().streams() > 0) {
      result(calls.submit(() -> 1));
    }
  }

  @Test
  void aReadThatFailsEndsTheStreamWithWhatItThrew() throws Exception {
    RuntimeException broken = new IllegalStateException("broken");
    Taker taker = Taker.of(async.publisher(BATCHES_OF_3));
    taker.request(3);
    assertEquals(ids(0, 3), taker.take(3));
    beforeRead =
        () -> {
          throw broken;
        };
    taker.request(1);
    assertEquals(broken, taker.error());
  }

  @Test
  void aBatchThatIsLateEndsTheStream() throws Exception {
    beforeRead = gate.before(null);
    Taker taker = Taker.of(async.within(Duration.ofSeconds(1)).publisher(BATCHES_OF_3));
    time.advance(Duration.ofDays(1)); // Time without demand does not count.
    taker.request(1);
    gate.awaitReached();
    assertFalse(taker.isOver());

    time.advance(Duration.ofSeconds(1));

    gate.awaitInterrupted();
    assertTrue(assertInstanceOf(AsyncTimeoutException.class, taker.error()).begun());
  }

  @Test
  void aSubscriberThatThrowsIsCancelledAndHarmsNobody() throws Exception {
    for (String where : List.of("onSubscribe", "onNext", "onComplete")) {
      CountDownLatch thrown = new CountDownLatch(1);
      async.publisher(BATCHES_OF_3).subscribe(new Throwing(where, thrown));
      assertTrue(thrown.await(30, TimeUnit.SECONDS));
    }
    Taker taker = Taker.of(async.publisher(BATCHES_OF_3));
    taker.request(8);
    assertEquals(ids(0, 8), taker.take(8));
    awaitNoStreams();
  }

  private record Throwing(String where, CountDownLatch thrown) implements Flow.Subscriber<Task> {
    private void at(String here) {
      if (here.equals(where)) {
        thrown.countDown();
        throw new IllegalStateException("thrown by a test in " + here);
      }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(100);
      at("onSubscribe");
    }

    @Override
    public void onNext(Task task) {
      assertFalse(where.equals("onSubscribe"), "it is cancelled");
      at("onNext");
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError("a subscriber that threw is told nothing any more", failure);
    }

    @Override
    public void onComplete() {
      at("onComplete");
    }
  }

  @Test
  void noMoreStreamsAreOpenThanCallsMayWait() throws Exception {
    List<Taker> open = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      open.add(Taker.of(async.publisher(BATCHES_OF_3)));
    }
    Throwable error = Taker.of(async.publisher(BATCHES_OF_3)).error();
    assertInstanceOf(AsyncRejectedException.class, error);
    assertEquals(
        "4 streams are open, as many as calls may wait; end some, or raise queue",
        error.getMessage());

    open.get(0).cancel();
    awaitStreams(3);
    Taker another = Taker.of(async.publisher(BATCHES_OF_3));
    another.request(1);
    assertEquals(ids(0, 1), another.take(1));
  }

  private void awaitStreams(int n) throws Exception {
    while (calls.stats().streams() > n) {
      result(calls.submit(() -> 1));
    }
  }

  @Test
  void aFullQueueBreaksNoOpenStream() throws Exception {
    Taker taker = Taker.of(async.publisher(BATCHES_OF_3));
    List<CompletableFuture<Integer>> busy = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      busy.add(calls.submit(gate.before(i)));
    }
    taker.request(8);
    gate.open();
    assertEquals(ids(0, 8), taker.take(8));
    for (CompletableFuture<Integer> call : busy) {
      result(call);
    }
  }

  @Test
  void aStreamThatIsReadWithoutPauseLetsOthersIn() throws Exception {
    try (AsyncCalls one = AsyncCalls.builder().threads(1).build()) {
      CompletableFuture<Integer> other = new CompletableFuture<>();
      beforeRead =
          () -> {
            if (reads.get() == 1) {
              CompletableFuture<Boolean> unused = one.submit(reads::get).thenApply(other::complete);
            }
            return null;
          };
      Taker taker = Taker.of(AsyncTaskRepository.of(tasks, one).publisher(BATCHES_OF_3));
      taker.request(8);
      assertEquals(ids(0, 8), taker.take(8));
      assertEquals(1, result(other), "how many batches were read when the other call ran");
    }
  }

  @Test
  void closingEndsEveryStreamWithAnError() throws Exception {
    Taker idle = Taker.of(async.publisher(BATCHES_OF_3));
    Taker halfway = Taker.of(async.publisher(BATCHES_OF_3));
    halfway.request(1);
    assertEquals(ids(0, 1), halfway.take(1));

    calls.close();

    assertInstanceOf(AsyncRejectedException.class, idle.error());
    assertInstanceOf(AsyncRejectedException.class, halfway.error());
    assertInstanceOf(AsyncRejectedException.class, Taker.of(async.publisher(BATCHES_OF_3)).error());
    halfway.request(1);
    idle.cancel();
  }

  @Test
  void aCursorThatPointsBackwardIsRefusedAtOnce() {
    TaskQuery back = BATCHES_OF_3.at(Cursor.before(BATCHES_OF_3, task(4)));
    assertThrows(InvalidValueException.class, () -> async.publisher(back));
  }
}
