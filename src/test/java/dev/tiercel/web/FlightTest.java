package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.web.Bench.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many requests for one thing at once. */
class FlightTest {
  private static final UnaryOperator<ResponseCacheBuilder> PLAIN = UnaryOperator.identity();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicInteger number = new AtomicInteger();
  private final List<Thread> waiting = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    goOn.countDown();
    threads.shutdownNow();
  }

  /** The first request stops in the middle, until it is told to go on. */
  private void stopFirst() throws InterruptedException {
    if (number.incrementAndGet() == 1) {
      asked.countDown();
      assertTrue(goOn.await(30, TimeUnit.SECONDS));
    }
  }

  private Future<Reply> first(Bench bench) throws InterruptedException {
    Future<Reply> first = threads.submit(() -> bench.get("/"));
    assertTrue(asked.await(30, TimeUnit.SECONDS));
    return first;
  }

  /** More requests, which wait once this returns. */
  private List<Future<Reply>> followers(Bench bench, int count) {
    List<Future<Reply>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CountDownLatch started = new CountDownLatch(1);
      all.add(
          threads.submit(
              () -> {
                waiting.add(Thread.currentThread());
                started.countDown();
                return bench.get("/");
              }));
      await(started);
    }
    awaitWaiting();
    return all;
  }

  private void awaitWaiting() {
    for (Thread thread : waiting) {
      while (thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Reply get(Future<Reply> reply) throws Exception {
    return reply.get(30, TimeUnit.SECONDS);
  }

  @Test
  void oneAsksAndAllAreAnswered() throws Exception {
    App app =
        (request, answer) -> {
          stopFirst();
          answer.field("Cache-Control", "max-age=60").text("x");
        };
    try (Bench bench = new Bench(PLAIN, app)) {
      Future<Reply> first = first(bench);
      List<Future<Reply>> others = followers(bench, 8);
      goOn.countDown();
      assertEquals("Tiercel; fwd=uri-miss; stored", get(first).field("Cache-Status"));
      for (Future<Reply> other : others) {
        assertEquals("x", get(other).text());
        assertEquals("Tiercel; fwd=uri-miss; collapsed", get(other).field("Cache-Status"));
      }
      assertEquals(1, bench.asked.get());
      assertEquals(8, bench.responses.stats().collapsed());
      assertEquals(0, bench.responses.flights.size());
    }
  }

  @Test
  void whoComesAfterAWriteIsNotServedWhatWasAskedForBefore() throws Exception {
    App app =
        (request, answer) -> {
          int mine = number.get() + 1;
          stopFirst();
          answer.field("Cache-Control", "max-age=60").field("Cache-Tag", "a").text("v" + mine);
        };
    try (Bench bench = new Bench(PLAIN, app)) {
      Future<Reply> first = first(bench);
      bench.cache.invalidate(Tag.of("a"));
      Future<Reply> after = followers(bench, 1).get(0);
      goOn.countDown();
      assertEquals("v1", get(first).text());
      assertEquals("v2", get(after).text());
    }
  }

  @Test
  void whoeverWaitedForWhatAWriteEndedSharesTheNext() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    App app =
        (request, answer) -> {
          int mine = number.get() + 1;
          stopFirst();
          if (mine > 1) {
            await(second);
          }
          answer.field("Cache-Control", "max-age=60").field("Cache-Tag", "a").text("v" + mine);
        };
    try (Bench bench = new Bench(PLAIN, app)) {
      Future<Reply> first = first(bench);
      List<Future<Reply>> others = followers(bench, 8);
      bench.cache.invalidate(Tag.of("a"));
      goOn.countDown();
      assertEquals("v1", get(first).text());
      while (number.get() < 2) {
        Thread.onSpinWait();
      }
      awaitWaiting(); // Now for the second.
      second.countDown();
      for (Future<Reply> other : others) {
        assertEquals("v2", get(other).text());
      }
      assertEquals(2, bench.asked.get());
    }
  }

  @Test
  void aClientThatHangsUpTakesNothingFromTheOthers() throws Exception {
    App app = (request, answer) -> answer.field("Cache-Control", "max-age=60").text("x");
    try (Bench bench = new Bench(PLAIN, app)) {
      bench.client =
          () -> {
            throw new IOException("broken pipe");
          };
      assertEquals(
          "broken pipe", assertThrows(IOException.class, () -> bench.get("/")).getMessage());
      bench.client = () -> {};
      assertTrue(bench.get("/").isHit());
    }
  }

  @Test
  void nobodyWaitsForAClientThatReadsSlowly() throws Exception {
    App app =
        (request, answer) -> {
          boolean isFirst = number.incrementAndGet() == 1;
          try (OutputStream out = answer.field("Cache-Control", "max-age=60").body()) {
            out.write(new byte[100]); // More than is kept: from here on it is the client's pace.
            if (isFirst) {
              asked.countDown();
              await(goOn);
            }
          }
        };
    try (Bench bench = new Bench(builder -> builder.maxBody(99), app)) {
      Future<Reply> first = first(bench);
      assertEquals(100, get(threads.submit(() -> bench.get("/"))).bytes().length);
      assertFalse(first.isDone());
      goOn.countDown();
      assertEquals(100, get(first).bytes().length);
    }
  }

  @Test
  void nobodyWaitsForWhatCannotBeKept() throws Exception {
    App app =
        (request, answer) -> {
          boolean isFirst = number.incrementAndGet() == 1;
          try (OutputStream out = answer.field("Cache-Control", "no-store").body()) {
            if (isFirst) {
              asked.countDown();
              await(goOn);
            }
            out.write('x');
          }
        };
    try (Bench bench = new Bench(PLAIN, app)) {
      Future<Reply> first = first(bench);
      assertEquals("x", get(threads.submit(() -> bench.get("/"))).text());
      assertFalse(first.isDone());
      assertTrue(bench.responses.passes.isPassed(target(bench), seconds(bench)));
      bench.pass(11);
      assertFalse(bench.responses.passes.isPassed(target(bench), seconds(bench)));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void norForWhatTurnedOutInTheEndNotToBeKept(boolean isOff) throws Exception {
    int others = 8;
    CountDownLatch all = new CountDownLatch(others);
    AtomicReference<TieredCache> cache = new AtomicReference<>();
    App app =
        (request, answer) -> {
          if (isOff) {
            cache.get().bypass(true);
          } else {
            Ledger.of(cache.get()).dependsOnUnknown();
          }
          if (number.incrementAndGet() == 1) {
            asked.countDown();
            await(goOn);
          } else {
            all.countDown();
            await(all); // All of them at once.
          }
          answer.field("Cache-Control", "max-age=60").text("x");
        };
    try (Bench bench = new Bench(builder -> builder.patience(Duration.ofMinutes(2)), app)) {
      cache.set(bench.cache);
      Future<Reply> first = first(bench);
      List<Future<Reply>> waited = followers(bench, others);
      goOn.countDown();
      assertEquals("x", get(first).text());
      for (Future<Reply> each : waited) {
        assertEquals("x", get(each).text());
      }
    }
  }

  @Test
  void norForWhatIsUnchangedAndNotToBeKept() throws Exception {
    AtomicReference<TieredCache> cache = new AtomicReference<>();
    App app =
        (request, answer) -> {
          answer.field("ETag", "\"1\"").field("Cache-Control", "max-age=10");
          if (request.field("If-None-Match").isEmpty()) {
            answer.text("x");
          } else {
            Ledger.of(cache.get()).dependsOnUnknown();
            answer.status(304).length(0).body().close();
          }
        };
    try (Bench bench = new Bench(PLAIN, app)) {
      cache.set(bench.cache);
      bench.get("/");
      bench.pass(11);
      assertEquals("x", bench.get("/").text());
      assertTrue(bench.responses.passes.isPassed(target(bench), seconds(bench)));
    }
  }

  private static String target(Bench bench) {
    return bench.responses.keys.target(
        new WebRequest("GET", "http", "host", "/", HttpFields.none(), ""));
  }

  private static long seconds(Bench bench) {
    return bench.clock.instant().getEpochSecond();
  }

  @Test
  void aHandlerThatThrowsFailsForItselfAlone() throws Exception {
    App app =
        (request, answer) -> {
          boolean isFirst = number.get() == 0;
          stopFirst();
          if (isFirst) {
            throw new IOException("no disk");
          }
          answer.field("Cache-Control", "max-age=60").text("x");
        };
    try (Bench bench = new Bench(PLAIN, app)) {
      Future<Reply> first = first(bench);
      Future<Reply> other = followers(bench, 1).get(0);
      goOn.countDown();
      assertEquals(
          IOException.class,
          assertThrows(ExecutionException.class, first::get).getCause().getClass());
      assertEquals("x", get(other).text());
      assertTrue(bench.get("/").isHit());
    }
  }

  @Test
  void patienceHasAnEnd() throws Exception {
    App app =
        (request, answer) -> {
          stopFirst();
          answer.field("Cache-Control", "max-age=60").text("x");
        };
    try (Bench bench = new Bench(builder -> builder.patience(Duration.ZERO), app)) {
      Future<Reply> first = first(bench);
      assertEquals("x", get(threads.submit(() -> bench.get("/"))).text());
      assertFalse(first.isDone());
    }
  }

  @Test
  void whoIsInterruptedWhileItWaitsAsksItself() throws Exception {
    App app =
        (request, answer) -> {
          stopFirst();
          answer.field("Cache-Control", "max-age=60").text("x");
        };
    try (Bench bench = new Bench(PLAIN, app)) {
      assertFalse(first(bench).isDone());
      Future<Boolean> other =
          threads.submit(
              () -> {
                Thread.currentThread().interrupt();
                assertEquals("x", bench.get("/").text());
                return Thread.interrupted();
              });
      assertTrue(other.get(30, TimeUnit.SECONDS), "the flag stays");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-cache", "max-age=0"})
  void whoWantsItNewDoesNotTakeWhatIsOnItsWay(String control) throws Exception {
    App app =
        (request, answer) -> {
          int mine = number.get() + 1;
          stopFirst();
          answer.field("Cache-Control", "max-age=60").text("v" + mine);
        };
    try (Bench bench = new Bench(PLAIN, app)) {
      assertFalse(first(bench).isDone());
      Future<Reply> reload = threads.submit(() -> bench.get("/", "Cache-Control", control));
      assertEquals("v2", get(reload).text());
    }
  }

  @Test
  void onlyOneSeesToWhatIsStale() throws Exception {
    App app =
        (request, answer) -> {
          if (number.incrementAndGet() == 2) {
            asked.countDown();
            await(goOn);
          }
          answer.field("Cache-Control", "max-age=10, stale-while-revalidate=60").text("x");
        };
    try (Bench bench = new Bench(PLAIN, app)) {
      bench.get("/");
      bench.pass(20);
      assertFalse(first(bench).isDone());
      assertTrue(bench.get("/").isHit(), "while another thread is at it");
      assertEquals(2, bench.asked.get());
    }
  }
}
