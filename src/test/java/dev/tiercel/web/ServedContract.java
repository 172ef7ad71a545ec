package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.Tag;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.task.ManualClock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The response cache in a real server, with clients of every sort. */
abstract class ServedContract {
  private final TieredCache cache = TieredCache.builder().onlyWriter().build();
  private final ResponseCache responses =
      ResponseCache.of(cache).ttl(Duration.ofMinutes(5)).maxBody(100_000).build();
  private final AtomicInteger asked = new AtomicInteger();

  abstract TestServer serve(WebFilter filter, App app) throws Exception;

  @AfterEach
  void close() {
    cache.close();
  }

  private TestServer serve(App app) throws Exception {
    return serve(
        responses,
        (request, answer) -> {
          asked.incrementAndGet();
          app.handle(request, answer);
        });
  }

  private static String field(HttpResponse<?> response, String name) {
    return String.join(", ", response.headers().allValues(name));
  }

  private static boolean isHit(HttpResponse<?> response) {
    return field(response, "Cache-Status").contains("Tiercel; hit");
  }

  @Test
  void fromTheFirstRequestToTheWriteThatEndsIt() throws Exception {
    try (TestServer server =
        serve(
            (request, answer) ->
                answer
                    .field("Cache-Tag", "tasks")
                    .field("X-Many", "1")
                    .field("X-Many", "2")
                    .text("list"))) {
      HttpResponse<String> first = server.get("/tasks?b=1&a=2");
      assertEquals("list", first.body());
      assertEquals("no-cache", field(first, "Cache-Control"));
      assertEquals("", field(first, "Cache-Tag"));
      HttpResponse<String> hit = server.get("/tasks?a=2&b=1");
      assertTrue(isHit(hit));
      assertEquals("list", hit.body());
      assertEquals(List.of("1", "2"), hit.headers().allValues("X-Many"));
      assertEquals("4", field(hit, "Content-Length"));
      String tag = field(hit, "ETag");
      HttpResponse<String> unchanged = server.get("/tasks?a=2&b=1", "If-None-Match", tag);
      assertEquals(304, unchanged.statusCode());
      assertEquals(tag, field(unchanged, "ETag"));
      assertEquals("", unchanged.body());
      HttpResponse<String> head = server.send("HEAD", "/tasks?a=2&b=1");
      assertTrue(isHit(head));
      assertEquals("4", field(head, "Content-Length"));
      HttpResponse<String> part = server.get("/tasks?a=2&b=1", "Range", "bytes=1-2");
      assertEquals(206, part.statusCode());
      assertEquals("is", part.body());
      assertEquals(1, asked.get());
      cache.invalidate(Tag.of("tasks"));
      assertFalse(isHit(server.get("/tasks?a=2&b=1")));
      assertEquals(200, server.send("DELETE", "/tasks?a=2&b=1").statusCode());
      assertFalse(isHit(server.get("/tasks?a=2&b=1")));
    }
  }

  @Test
  void whatAFilterAroundItHasSetStays() throws Exception {
    try (TestServer server =
        serve(
            (request, answer) ->
                answer
                    .field("Cache-Control", "max-age=60")
                    .field("Vary", "Accept")
                    .field("X-Frame-Options", "SAMEORIGIN")
                    .text("x"))) {
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> response = server.get("/", "X-Outer", "1");
        assertEquals(i == 1, isHit(response));
        assertEquals("outer=1", field(response, "Set-Cookie"));
        assertTrue(field(response, "Vary").contains("Origin"));
        assertTrue(field(response, "Vary").contains("Accept"));
        assertEquals("SAMEORIGIN", field(response, "X-Frame-Options"));
      }
      HttpResponse<String> plain = server.get("/");
      assertTrue(isHit(plain));
      assertEquals("", field(plain, "Set-Cookie"));
    }
  }

  @Test
  void anotherHostIsAnotherTarget() throws Exception {
    try (TestServer server = serve((request, answer) -> answer.text(request.field("Host")))) {
      for (String host : List.of("a", "b", "a:1234", "A")) {
        try (Wire wire = server.wire()) {
          wire.lines("GET / HTTP/1.1", "Host: " + host, "Connection: close");
          String answer = wire.rest();
          assertTrue(
              answer.toLowerCase(Locale.ROOT).endsWith(host.toLowerCase(Locale.ROOT)), answer);
        }
      }
      assertEquals(3, asked.get());
    }
  }

  @Test
  void aClientThatHangsUpHarmsNobody() throws Exception {
    CountDownLatch isAsked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    App app =
        (request, answer) -> {
          isAsked.countDown();
          assertTrue(goOn.await(30, TimeUnit.SECONDS));
          answer.text("x".repeat(90_000));
        };
    ExecutorService threads = Executors.newCachedThreadPool();
    try (TestServer server = serve(app)) {
      Future<HttpResponse<String>> other;
      try (Wire gone = server.wire()) {
        gone.lines("GET / HTTP/1.1", "Host: 127.0.0.1:" + server.port());
        assertTrue(isAsked.await(30, TimeUnit.SECONDS));
        other = threads.submit(() -> server.get("/"));
      }
      goOn.countDown();
      assertEquals(90_000, other.get(30, TimeUnit.SECONDS).body().length());
      assertTrue(isHit(server.get("/")));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aClientThatDoesNotReadHoldsUpNobody() throws Exception {
    byte[] part = new byte[1 << 16];
    App app =
        (request, answer) -> {
          boolean isEndless = request.target().equals("/") && asked.get() == 1;
          try (OutputStream out = answer.field("Cache-Control", "max-age=60").body()) {
            for (int i = 0; isEndless || i < 4; i++) {
              out.write(part); // Stands still as soon as nobody reads.
            }
          }
        };
    try (TestServer server = serve(app);
        Wire slow = server.wire()) {
      slow.lines("GET / HTTP/1.1", "Host: 127.0.0.1:" + server.port());
      assertTrue(slow.read(12).startsWith("HTTP/1.1 200"));
      assertEquals(4 << 16, server.get("/").body().length());
    }
  }

  @Test
  void aHandlerThatThrowsIsAskedAgain() throws Exception {
    App app =
        (request, answer) -> {
          if (asked.get() == 1) {
            answer.field("X-Begun", "1");
            throw new IOException("no disk");
          }
          answer.text("x");
        };
    try (TestServer server = serve(app)) {
      try (Wire wire = server.wire()) {
        wire.lines("GET / HTTP/1.1", "Host: 127.0.0.1:" + server.port(), "Connection: close");
        assertFalse(wire.rest().startsWith("HTTP/1.1 200"));
      }
      assertEquals("x", server.get("/").body());
      assertTrue(isHit(server.get("/")));
    }
  }

  @Test
  void aBodyThatIsCutOffIsNotKept() throws Exception {
    App app =
        (request, answer) -> {
          OutputStream out = answer.length(1_000).body();
          out.write(new byte[500]);
          throw new IOException("lost");
        };
    try (TestServer server = serve(app)) {
      for (int i = 0; i < 2; i++) {
        try (Wire wire = server.wire()) {
          wire.lines("GET / HTTP/1.1", "Host: 127.0.0.1:" + server.port(), "Connection: close");
          assertFalse(wire.rest().startsWith("HTTP/1.1 200"));
        }
      }
      assertEquals(2, asked.get());
    }
  }

  @Test
  void whatAClientSendsDoesNotEndALine() throws Exception {
    App app =
        (request, answer) ->
            answer
                .field("X-Echo", request.field("X-In"))
                .field("Cache-Control", "max-age=60")
                .text("x");
    try (TestServer server = serve(app);
        Wire wire = server.wire()) {
      wire.lines(
          "GET /%0d%0aSet-Cookie:%20a=b HTTP/1.1",
          "Host: h",
          "X-In: a%0d%0aSet-Cookie: b=c",
          "If-None-Match: \"\u00ff\u0001",
          "Range: bytes=\u0007",
          "Cache-Control: max-age=\"\u0001",
          "Connection: close");
      String answer = wire.rest();
      assertFalse(answer.contains("\nSet-Cookie"), answer);
    }
  }

  @Test
  void headersOfAnySizeAreTheServersToRefuse() throws Exception {
    try (TestServer server = serve((request, answer) -> answer.text("x"))) {
      for (String line :
          List.of(
              "Cache-Control: " + "no-cache=\"a\", ".repeat(400),
              "If-None-Match: " + "\"a\",".repeat(1_000),
              "Accept: " + "\",=;\\".repeat(1_000),
              "Pragma: " + "x".repeat(100_000))) {
        try (Wire wire = server.wire()) {
          wire.lines("GET / HTTP/1.1", "Host: h", line, "Connection: close");
          assertTrue(wire.rest().matches("(?s)(HTTP/1.1 (200|4..|5..).*)?"), line.substring(0, 9));
        }
      }
      assertEquals("x", server.get("/").body());
    }
  }

  @Test
  void aCacheThatIsClosedCostsNoAnswer() throws Exception {
    try (TestServer server = serve((request, answer) -> answer.text("x"))) {
      server.get("/");
      cache.close();
      assertEquals("x", server.get("/").body());
      assertEquals(200, server.send("POST", "/").statusCode());
      assertEquals("x", server.get("/").body());
    }
  }

  @Test
  void aBodyThatIsClosedOnTheWayOutOfAFaultIsNotKept() throws Exception {
    App app =
        (request, answer) -> {
          try (OutputStream out = answer.body()) {
            out.write(new byte[500]);
            if (asked.get() == 1) {
              throw new IOException("lost");
            }
            out.write(new byte[500]);
          }
        };
    try (TestServer server = serve(app)) {
      try (Wire wire = server.wire()) {
        wire.lines("GET / HTTP/1.1", "Host: 127.0.0.1:" + server.port(), "Connection: close");
        assertFalse(wire.rest().startsWith("HTTP/1.1 200"));
      }
      assertEquals(1_000, server.get("/").body().length());
    }
  }

  @Test
  void whatIsServedStaleIsMadeAnewMeanwhile() throws Exception {
    ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    ResponseCache lasting =
        ResponseCache.of(cache)
            .clock(clock)
            .ttl(Duration.ofSeconds(10))
            .staleWhileRevalidate(Duration.ofMinutes(5))
            .build();
    App app = (request, answer) -> answer.text("version " + asked.incrementAndGet());
    try (TestServer server = serve(lasting, app)) {
      assertEquals("version 1", server.get("/").body());
      clock.advance(Duration.ofSeconds(20));
      assertEquals("version 1", server.get("/").body());
      long stored = lasting.stats().stored();
      for (int i = 0; i < 3_000 && stored < 2; i++) {
        LockSupport.parkNanos(1_000_000);
        stored = lasting.stats().stored();
      }
      assertEquals(2, stored);
      assertEquals("version 2", server.get("/").body());
    }
  }
}
