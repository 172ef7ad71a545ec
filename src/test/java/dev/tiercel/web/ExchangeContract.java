package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a filter sees of any server, and what it can do. */
abstract class ExchangeContract {
  /** Lets everything pass. */
  private static final WebFilter OPEN =
      exchange -> exchange.proceed(exchange.request().fields(), exchange);

  abstract TestServer serve(WebFilter filter, App app) throws Exception;

  /** What a handler answered, put together. */
  static final class Recorded implements Responder {
    final CompletableFuture<ResponseHead> head = new CompletableFuture<>();
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    final CompletableFuture<Boolean> complete = new CompletableFuture<>();

    @Override
    public OutputStream respond(ResponseHead said) {
      assertTrue(head.complete(said), "responded twice");
      return new OutputStream() {
        @Override
        public void write(int single) {
          body.write(single);
        }

        @Override
        public void close() {
          complete.complete(true);
        }
      };
    }

    @Override
    public void done() {
      complete.complete(false);
    }

    boolean isComplete() throws Exception {
      return complete.get(30, TimeUnit.SECONDS);
    }

    String text() {
      return body.toString(StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatPassesIsNotChanged() throws Exception {
    App app =
        (asked, answer) ->
            answer
                .status(207)
                .field("Content-Type", "text/plain")
                .field("X-Many", "one")
                .field("X-Many", "two")
                .text(asked.method() + asked.target() + asked.field("X-Sent"));
    try (TestServer server = serve(OPEN, app)) {
      HttpResponse<String> response =
          server.send("PATCH", "/a%20b?q=1&q=%26", "X-Sent", "1", "X-Sent", "2");
      assertEquals(207, response.statusCode());
      assertEquals("PATCH/a%20b?q=1&q=%261, 2", response.body());
      assertEquals(List.of("one", "two"), response.headers().allValues("X-Many"));
      assertEquals("text/plain", response.headers().firstValue("Content-Type").orElseThrow());
      assertEquals(
          response.body().length(),
          response.headers().firstValueAsLong("Content-Length").orElse(-1));
    }
  }

  @Test
  void theRequestIsTold() throws Exception {
    CompletableFuture<WebRequest> seen = new CompletableFuture<>();
    WebFilter filter =
        exchange -> {
          seen.complete(exchange.request());
          OPEN.handle(exchange);
        };
    try (TestServer server = serve(filter, (asked, answer) -> answer.text("x"));
        Wire wire = server.wire()) {
      wire.lines(
          "GET /a%20b,c?d=%20e HTTP/1.1",
          "Host: Tasks.Example:81", "A: 1", "a: 2", "Connection: close");
      assertTrue(wire.rest().startsWith("HTTP/1.1 200"));
    }
    WebRequest request = seen.get(30, TimeUnit.SECONDS);
    assertEquals("GET", request.method());
    assertEquals("http", request.scheme());
    assertEquals("tasks.example:81", request.authority());
    assertEquals("/a%20b,c", request.path());
    assertEquals("d=%20e", request.query());
    assertEquals("127.0.0.1", request.peer());
    assertEquals(List.of("1", "2"), request.fields().all("A"));
  }

  @Test
  void aFilterAnswersInPlaceOfTheHandler() throws Exception {
    WebFilter filter =
        exchange -> {
          ResponseHead head = ResponseHead.of(429, HttpFields.of("Retry-After", "3"), 4);
          try (OutputStream out = exchange.respond(head)) {
            out.write("wait".getBytes(StandardCharsets.UTF_8));
          }
        };
    App never =
        (asked, answer) -> {
          throw new AssertionError("the handler ran");
        };
    try (TestServer server = serve(filter, never)) {
      for (String method : List.of("GET", "POST")) {
        HttpResponse<String> response = server.send(method, "/");
        assertEquals(429, response.statusCode());
        assertEquals("wait", response.body());
        assertEquals("3", response.headers().firstValue("Retry-After").orElseThrow());
      }
      HttpResponse<String> head = server.send("HEAD", "/");
      assertEquals(429, head.statusCode());
      assertEquals("", head.body());
    }
  }

  @Test
  void aFilterChangesWhatTheHandlerSees() throws Exception {
    WebFilter filter =
        exchange ->
            exchange.proceed(
                exchange.request().fields().without("If-None-Match").with("X-Added", "yes"),
                exchange);
    App app = (asked, answer) -> answer.text(asked.field("If-None-Match") + asked.field("X-Added"));
    try (TestServer server = serve(filter, app)) {
      assertEquals("yes", server.get("/", "If-None-Match", "\"a\"").body());
    }
  }

  @Test
  void aFilterTakesTheAnswer() throws Exception {
    Recorded recorded = new Recorded();
    WebFilter filter =
        exchange -> {
          exchange.proceed(exchange.request().fields(), recorded);
          ResponseHead head = recorded.head.get(30, TimeUnit.SECONDS);
          byte[] more = (recorded.text() + "!").getBytes(StandardCharsets.UTF_8);
          try (OutputStream out =
              exchange.respond(ResponseHead.of(head.status(), head.fields(), more.length))) {
            out.write(more);
          }
        };
    App app = (asked, answer) -> answer.status(203).field("X-A", "b").streams("body");
    try (TestServer server = serve(filter, app)) {
      HttpResponse<String> response = server.get("/");
      assertEquals(203, response.statusCode());
      assertEquals("body!", response.body());
      assertEquals("b", response.headers().firstValue("X-A").orElseThrow());
      assertTrue(recorded.isComplete());
    }
  }

  @Test
  void whatAHandlerThrowsIsThrownOn() throws Exception {
    Recorded recorded = new Recorded();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    WebFilter filter =
        exchange -> {
          thrown.complete(
              assertThrows(
                  IOException.class,
                  () -> exchange.proceed(exchange.request().fields(), recorded)));
          exchange.respond(ResponseHead.of(503, HttpFields.none(), 0)).close();
        };
    App app =
        (asked, answer) -> {
          throw new IOException("no disk");
        };
    try (TestServer server = serve(filter, app)) {
      assertEquals(503, server.get("/").statusCode());
      assertEquals("no disk", thrown.get(30, TimeUnit.SECONDS).getMessage());
      assertFalse(recorded.isComplete());
    }
  }

  @Test
  void aBodyThatIsCutOffIsNotComplete() throws Exception {
    Recorded recorded = new Recorded();
    WebFilter filter =
        exchange -> {
          assertThrows(
              IOException.class, () -> exchange.proceed(exchange.request().fields(), recorded));
          exchange.respond(ResponseHead.of(502, HttpFields.none(), 0)).close();
        };
    App app =
        (asked, answer) -> {
          OutputStream out = answer.length(100_000).body();
          out.write(new byte[50_000]);
          throw new IOException("lost");
        };
    try (TestServer server = serve(filter, app)) {
      assertEquals(502, server.get("/").statusCode());
      assertEquals(100_000, recorded.head.get(30, TimeUnit.SECONDS).length());
      assertFalse(recorded.isComplete());
    }
  }

  @Test
  void responsesWithoutABodyPass() throws Exception {
    App app =
        (asked, answer) ->
            answer
                .status(Integer.parseInt(asked.target().substring(1)))
                .field("ETag", "\"a\"")
                .length(0)
                .body()
                .close();
    try (TestServer server = serve(OPEN, app)) {
      for (int status : new int[] {200, 204, 304, 404}) {
        HttpResponse<String> response = server.get("/" + status);
        assertEquals(status, response.statusCode());
        assertEquals("", response.body());
        assertEquals("\"a\"", response.headers().firstValue("ETag").orElseThrow());
      }
    }
  }

  @Test
  void headSaysHowLongTheBodyWouldBe() throws Exception {
    try (TestServer server = serve(OPEN, (asked, answer) -> answer.text("twelve bytes"))) {
      HttpResponse<String> response = server.send("HEAD", "/");
      assertEquals("", response.body());
      assertEquals("12", response.headers().firstValue("Content-Length").orElse("none"));
    }
  }

  @Test
  void nothingEndsALineOfTheHeader() throws Exception {
    WebFilter filter =
        exchange ->
            exchange
                .respond(
                    ResponseHead.of(
                        200, HttpFields.of("X-Echo", "a\r\nSet-Cookie: b=c\r\n\r\n<html>"), 0))
                .close();
    try (TestServer server = serve(filter, (asked, answer) -> answer.text("never"))) {
      HttpResponse<String> response = server.get("/");
      assertTrue(response.headers().allValues("Set-Cookie").isEmpty());
      assertEquals("", response.body());
    }
  }
}
