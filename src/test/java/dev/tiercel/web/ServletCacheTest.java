package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.TieredCache;
import dev.tiercel.task.ManualClock;
import dev.tiercel.web.ServletAnswerTest.Work;
import dev.tiercel.web.ServletAnswerTest.WorkServlet;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For whom, and when, the response of a servlet is kept. */
class ServletCacheTest {
  private final TieredCache cache = TieredCache.builder().onlyWriter().build();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final ResponseCache responses =
      ResponseCache.of(cache)
          .clock(clock)
          .ttl(Duration.ofSeconds(10))
          .staleWhileRevalidate(Duration.ofMinutes(5))
          .build();

  @AfterEach
  void close() {
    cache.close();
  }

  private static boolean isHit(HttpResponse<?> response) {
    return String.join(",", response.headers().allValues("Cache-Status")).contains("hit");
  }

  @Test
  void whatAServletLeavesOpenIsMadeAnewMeanwhileToo() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Work work = (request, response) -> response.getWriter().print(asked.incrementAndGet());
    try (TestServer server = new JettyTestServer(responses, new WorkServlet(work))) {
      assertEquals("1", server.get("/").body());
      clock.advance(Duration.ofSeconds(20));
      assertEquals("1", server.get("/").body());
      for (int i = 0; i < 30_000 && responses.stats().stored() < 2; i++) {
        LockSupport.parkNanos(1_000_000);
      }
      assertEquals("2", server.get("/").body());
    }
  }

  @Test
  void whatIsMadeForANameOfTheServerIsForThatName() throws Exception {
    Work work = (request, response) -> response.getWriter().print(request.getServerName());
    try (TestServer server = new JettyTestServer(responses, new WorkServlet(work))) {
      assertEquals("a.example", server.get("/", "X-Server", "a.example").body());
      assertEquals("b.example", server.get("/", "X-Server", "b.example").body());
      assertTrue(isHit(server.get("/", "X-Server", "a.example")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-User", "X-Certificate"})
  void whatIsMadeForWhoIsKnownToTheServerIsNotKept(String by) throws Exception {
    Work work = (request, response) -> response.getWriter().print("" + request.getUserPrincipal());
    try (TestServer server = new JettyTestServer(responses, new WorkServlet(work))) {
      server.get("/");
      for (int i = 0; i < 2; i++) {
        assertFalse(isHit(server.get("/", by, "ada")), "as with a field of the request");
      }
      assertTrue(isHit(server.get("/")));
    }
  }
}
