package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.TieredCache;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request that may change something ends (RFC 9111 §4.4). */
class UnsafeRequestTest {
  private static final UnaryOperator<ResponseCacheBuilder> PLAIN = UnaryOperator.identity();

  /** GET is kept; anything else is answered as its fields say. */
  private static final App APP =
      (asked, answer) -> {
        if (asked.method().equals("GET")) {
          answer.field("Cache-Control", "max-age=60").field("Vary", "X-Kind").text("kept");
          return;
        }
        if (!asked.field("Say-Location").isEmpty()) {
          answer.field("Location", asked.field("Say-Location"));
        }
        if (!asked.field("Say-Content-Location").isEmpty()) {
          answer.field("Content-Location", asked.field("Say-Content-Location"));
        }
        String status = asked.field("Say-Status");
        if (status.equals("throw")) {
          throw new IOException("half done");
        }
        answer.status(status.isEmpty() ? 200 : Integer.parseInt(status)).text("done");
      };

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "M-SEARCH", "post"})
  void itsTarget(String method) throws Exception {
    try (Bench bench = new Bench(PLAIN, APP)) {
      bench.get("/a?x=1&y=2");
      bench.get("/a?x=1&y=2", "X-Kind", "2");
      bench.get("/b");
      bench.send(method, "/a?y=2&x=1");
      assertFalse(bench.get("/a?x=1&y=2").isHit());
      assertFalse(bench.get("/a?x=1&y=2", "X-Kind", "2").isHit(), "each variant");
      assertTrue(bench.get("/b").isHit());
      assertTrue(bench.get("/a?x=1&y=2").isHit(), "kept anew");
      assertEquals(1, bench.responses.stats().invalidations());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS", "TRACE", "HEAD", "GET"})
  void notByWhatIsSafe(String method) throws Exception {
    try (Bench bench = new Bench(PLAIN, APP)) {
      bench.get("/a");
      bench.send(method, "/a");
      assertTrue(bench.get("/a").isHit());
    }
  }

  @ParameterizedTest
  @CsvSource({"201, false", "204, false", "303, false", "400, true", "404, true", "500, true"})
  void onlyIfItWasDone(String status, boolean isHit) throws Exception {
    try (Bench bench = new Bench(PLAIN, APP)) {
      bench.get("/a");
      bench.send("POST", "/a", "Say-Status", status);
      assertEquals(isHit, bench.get("/a").isHit());
    }
  }

  @Test
  void alsoIfItsHandlerThrew() throws Exception {
    try (Bench bench = new Bench(PLAIN, APP)) {
      bench.get("/a");
      assertThrows(IOException.class, () -> bench.send("POST", "/a", "Say-Status", "throw"));
      assertFalse(bench.get("/a").isHit());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/x/b, false",
    "b, false",
    "http://host/x/b, false",
    "HTTP://HOST:80/x/b#part, false",
    "//host/x/b, false",
    "../x/b, false",
    "http://other/x/b, true",
    "https://host/x/b, true",
    "http://host:81/x/b, true",
    "/x/b?c, true",
    "://, true",
    "'http://host/ x', true",
    "mailto:x, true"
  })
  void whatTheResponseNames(String reference, boolean isHit) throws Exception {
    for (String field : new String[] {"Say-Location", "Say-Content-Location"}) {
      try (Bench bench = new Bench(PLAIN, APP)) {
        bench.get("/x/b");
        bench.send("POST", "/x/a", field, reference);
        assertEquals(isHit, bench.get("/x/b").isHit(), field);
      }
    }
  }

  @Test
  void whatIsOnItsWayIsNotKept() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    App app =
        (request, answer) -> {
          if (request.field("X-Slow").equals("1")) {
            asked.countDown();
            assertTrue(goOn.await(30, TimeUnit.SECONDS));
          }
          APP.handle(request, answer);
        };
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Bench bench = new Bench(PLAIN, app)) {
      Future<?> slow = threads.submit(() -> bench.get("/a", "X-Slow", "1"));
      assertTrue(asked.await(30, TimeUnit.SECONDS));
      bench.send("POST", "/a");
      goOn.countDown();
      slow.get(30, TimeUnit.SECONDS);
      assertFalse(bench.get("/a").isHit());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void nothingIsWrittenForWhatNobodyKeeps() throws Exception {
    try (Bench bench = new Bench(PLAIN, APP)) {
      long before = bench.cache.stats().invalidations();
      bench.send("POST", "/a", "Say-Location", "/b");
      assertEquals(0, bench.responses.stats().invalidations());
      assertEquals(before, bench.cache.stats().invalidations());
    }
  }

  @Test
  void anIndexThatIsLostTakesItsResponsesWithIt() throws Exception {
    try (Bench bench = new Bench(TieredCache.builder().onlyWriter().entries(1_000), PLAIN, APP)) {
      bench.get("/a");
      bench.get("/a", "X-Kind", "2");
      RequestKeys keys = bench.responses.keys;
      String target =
          keys.target(new WebRequest("GET", "http", "host", "/a", HttpFields.none(), ""));
      bench.cache.invalidateKey(target); // As if it had been evicted.
      bench.send("POST", "/a");
      assertFalse(bench.get("/a").isHit());
      assertFalse(bench.get("/a", "X-Kind", "2").isHit(), "the next index is not that one");
      assertTrue(bench.get("/a").isHit());
    }
  }

  @Test
  void alsoWhatIsNotFoundWhileTheCacheIsOff() throws Exception {
    try (Bench bench = new Bench(PLAIN, APP)) {
      bench.get("/a");
      bench.cache.bypass(true);
      bench.send("POST", "/a");
      bench.cache.bypass(false);
      assertFalse(bench.get("/a").isHit());
    }
  }

  @Test
  void alsoWhatWasKeptBetweenItsHeadAndItsEnd() throws Exception {
    AtomicReference<Bench> between = new AtomicReference<>();
    App app =
        (asked, answer) -> {
          if (asked.method().equals("GET")) {
            APP.handle(asked, answer);
            return;
          }
          try (OutputStream out = answer.body()) {
            between.get().get("/a");
            out.write(1); // It writes its data only now.
          }
        };
    try (Bench bench = new Bench(PLAIN, app)) {
      between.set(bench);
      bench.get("/a");
      bench.send("POST", "/a");
      assertFalse(bench.get("/a").isHit());
    }
  }
}
