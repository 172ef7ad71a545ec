package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpPrincipal;
import com.sun.net.httpserver.HttpServer;
import dev.tiercel.Tiercel;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.task.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a handler of the JDK's server can do with an exchange, behind a response cache. */
class JdkAnswerTest {
  private final TieredCache cache = TieredCache.builder().onlyWriter().build();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void create() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
    cache.close();
  }

  private HttpResponse<String> get(HttpHandler handler) throws Exception {
    server
        .createContext("/", handler)
        .getFilters()
        .add(ResponseCache.of(cache).ttl(Duration.ofSeconds(30)).filter());
    try {
      return again();
    } finally {
      server.removeContext("/");
    }
  }

  private HttpResponse<String> again() throws Exception {
    return get("/a?b");
  }

  private HttpResponse<String> get(String target) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + target);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static void say(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void theExchangeTellsAllThatItTellsWithoutAFilter() throws Exception {
    HttpResponse<String> response =
        get(
            exchange -> {
              assertEquals(-1, exchange.getResponseCode());
              exchange.setAttribute("a", "1");
              assertEquals("1", exchange.getAttribute("a"));
              assertNotNull(exchange.getHttpContext());
              assertEquals("HTTP/1.1", exchange.getProtocol());
              assertTrue(exchange.getLocalAddress().getPort() > 0);
              assertTrue(exchange.getRemoteAddress().getPort() > 0);
              assertEquals(null, exchange.getPrincipal());
              assertEquals(0, exchange.getRequestBody().readAllBytes().length);
              assertThrows(IOException.class, () -> exchange.getResponseBody().write(1));
              say(exchange, exchange.getRequestMethod() + exchange.getRequestURI());
              assertEquals(200, exchange.getResponseCode());
              assertThrows(IOException.class, () -> exchange.sendResponseHeaders(200, 0));
            });
    assertEquals("GET/a?b", response.body());
  }

  @Test
  void streamsMayBeReplaced() throws Exception {
    HttpResponse<String> response =
        get(
            exchange -> {
              OutputStream out = exchange.getResponseBody();
              exchange.setStreams(
                  new ByteArrayInputStream(new byte[] {'i', 'n'}),
                  new FilterOutputStream(out) {
                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                      out.write(
                          new String(bytes, from, length, StandardCharsets.UTF_8)
                              .toUpperCase(Locale.ROOT)
                              .getBytes(StandardCharsets.UTF_8));
                    }
                  });
              ByteArrayOutputStream in = new ByteArrayOutputStream();
              exchange.getRequestBody().transferTo(in);
              say(exchange, in.toString(StandardCharsets.UTF_8));
            });
    assertEquals("IN", response.body());
  }

  @Test
  void aHandlerMayGoOnOnAnotherThread() throws Exception {
    HttpResponse<String> response =
        get(
            exchange ->
                threads.execute(
                    () -> {
                      try {
                        say(exchange, "late");
                      } catch (IOException e) {
                        throw new IllegalStateException(e);
                      }
                    }));
    assertEquals("late", response.body());
  }

  @Test
  void whatIsBegunAndGoesOnElsewhereIsKeptWholeOrNotAtAll() throws Exception {
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> response =
          get(
              exchange -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write('a');
                threads.execute(
                    () -> {
                      try (OutputStream out = exchange.getResponseBody()) {
                        out.write('b');
                      } catch (IOException e) {
                        throw new IllegalStateException(e);
                      }
                    });
              });
      assertEquals("ab", response.body());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'max-age=60', Bob, false",
    "'public, max-age=60', Ada, false",
    "'max-age=60', Bob, true",
    "'public, max-age=60', Ada, true"
  })
  void whatIsForOneWhomAnAuthenticatorKnowsIsShownToNobodyElse(
      String control, String shown, boolean isInAFilterOfOnesOwn) throws Exception {
    HttpContext context =
        server.createContext(
            "/",
            exchange -> {
              exchange.getResponseHeaders().set("Cache-Control", control);
              say(exchange, exchange.getPrincipal().getUsername());
            });
    AtomicInteger behind = new AtomicInteger();
    AtomicReference<String> name = new AtomicReference<>("Ada");
    context.setAuthenticator(
        new Authenticator() { // By something else than a field of the request.
          @Override
          public Result authenticate(HttpExchange exchange) {
            return new Success(new HttpPrincipal(name.get(), "tasks"));
          }
        });
    ResponseCache responses = ResponseCache.of(cache).build();
    if (isInAFilterOfOnesOwn) {
      WebFilter own = exchange -> responses.handle(exchange);
      context.getFilters().add(own.forJdkServer());
    } else {
      context.getFilters().add(RateLimit.of(100, Duration.ofMinutes(1)).build().forJdkServer());
      context.getFilters().add(responses.forJdkServer());
    }
    context.getFilters().add(counting(behind));
    assertEquals("Ada", again().body());
    name.set("Bob");
    assertEquals(shown, again().body());
    assertEquals(shown.equals("Bob") ? 2 : 1, behind.get());
  }

  private static Filter counting(AtomicInteger count) {
    return new Filter() {
      @Override
      public String description() {
        return "counts";
      }

      @Override
      public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        count.incrementAndGet();
        chain.doFilter(exchange);
      }
    };
  }

  @Test
  void whomAnAuthenticatorRefusesIsShownNothing() throws Exception {
    HttpContext context =
        server.createContext(
            "/",
            exchange -> {
              exchange.getResponseHeaders().set("Cache-Control", "public, max-age=60");
              say(exchange, "x");
            });
    AtomicReference<Authenticator.Result> result =
        new AtomicReference<>(new Authenticator.Success(new HttpPrincipal("Ada", "tasks")));
    context.setAuthenticator(
        new Authenticator() {
          @Override
          public Result authenticate(HttpExchange exchange) {
            return result.get();
          }
        });
    context.getFilters().add(RateLimit.of(3, Duration.ofHours(1)).build().forJdkServer());
    context.getFilters().add(ResponseCache.of(cache).filter());
    assertEquals("x", again().body());
    result.set(new Authenticator.Retry(401));
    assertEquals(401, again().statusCode());
    result.set(new Authenticator.Failure(403));
    HttpResponse<String> refused = again();
    assertEquals(403, refused.statusCode());
    assertEquals("", refused.body());
    assertEquals(429, again().statusCode(), "attempts are limited too");
  }

  @Test
  void norByAFilterThatAsksNoHandler() throws Exception {
    HttpContext context = server.createContext("/", exchange -> say(exchange, "x"));
    AtomicReference<Authenticator.Result> result =
        new AtomicReference<>(new Authenticator.Failure(403));
    context.setAuthenticator(
        new Authenticator() {
          @Override
          public Result authenticate(HttpExchange exchange) {
            return result.get();
          }
        });
    try (Tiercel tiercel = Tiercel.inMemory()) {
      tiercel.tasks().add(Task.titled("for Ada alone"));
      context.getFilters().add(TaskListing.pages(tiercel.tasks()).forJdkServer());
      HttpResponse<String> refused = get("/tasks");
      assertEquals(403, refused.statusCode());
      assertEquals("", refused.body());
      result.set(new Authenticator.Success(new HttpPrincipal("Ada", "tasks")));
      assertTrue(get("/tasks").body().contains("for Ada alone"));
    }
  }

  @Test
  void anAuthenticatorThatNamesNobodyIsAskedOnceAndItsResponsesAreShownToNobodyElse()
      throws Exception {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger answered = new AtomicInteger();
    HttpContext context =
        server.createContext(
            "/",
            exchange -> {
              exchange.getResponseHeaders().set("Cache-Control", "max-age=60");
              say(exchange, "v" + answered.incrementAndGet());
            });
    context.setAuthenticator(
        new Authenticator() { // Whom it let pass, only the handler finds out.
          @Override
          public Result authenticate(HttpExchange exchange) {
            asked.incrementAndGet();
            return new Success(null);
          }
        });
    context.getFilters().add(RateLimit.of(100, Duration.ofMinutes(1)).build().forJdkServer());
    context.getFilters().add(ResponseCache.of(cache).filter());
    assertEquals("v1", again().body());
    assertEquals(1, asked.get());
    assertEquals("v2", again().body());
  }

  @Test
  void anExchangeThatIsClosedWithoutAnAnswerIsBrokenOff() throws Exception {
    assertThrows(IOException.class, () -> get(HttpExchange::close));
    assertEquals("x", get(exchange -> say(exchange, "x")).body());
  }

  @Test
  void aBodyWhereThereIsNoneGoesNowhere() throws Exception {
    HttpResponse<String> response =
        get(
            exchange -> {
              exchange.sendResponseHeaders(204, -1);
              exchange.getResponseBody().write(1);
              exchange.close();
            });
    assertEquals(204, response.statusCode());
  }
}
