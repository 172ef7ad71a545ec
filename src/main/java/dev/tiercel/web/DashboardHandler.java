package dev.tiercel.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A dashboard as a handler for the JDK's server, at any context path: {@code
 * server.createContext("/dashboard/", tiercel.dashboard().handler())}.
 *
 * <p>A stream of events keeps no thread of the server: it is written by threads of the dashboard's
 * own. Without a token, requests that do not come from this machine are refused, wherever the
 * server is bound. To be closed before what it shows is closed; then its streams end and it answers
 * 503. Thread-safe.
 */
public final class DashboardHandler implements HttpHandler, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DashboardHandler.class);
  private static final int MOST_FORM_BYTES = 8_192;
  private static final String READ = "GET, HEAD";

  private final String title;
  private final DashboardFiles files = new DashboardFiles();
  private final DashboardAccess access;
  private final DashboardActions actions;
  private final boolean mayAct;
  private final DashboardClock clockwork;
  private volatile Runnable forget = () -> {};
  private volatile boolean closed;

  DashboardHandler(DashboardBuilder built) {
    title = built.title();
    access = built.access();
    actions = new DashboardActions(built.sources(), DashboardActions.PATIENCE);
    mayAct = built.mayAct();
    clockwork = new DashboardClock(built);
  }

  /**
   * Has somebody keep it.
   *
   * @param whole what is to be closed: this, or the server that it is in
   */
  void keptBy(Function<? super AutoCloseable, ? extends Runnable> keeper, AutoCloseable whole)
      throws Exception {
    boolean done = false;
    try {
      forget = keeper.apply(whole);
      done = true;
    } finally {
      if (!done) {
        whole.close();
      }
    }
    if (closed) {
      forget.run();
    }
  }

  /** Interrupts what blocks the threads of a server for too long; see {@link DashboardThreads}. */
  void watch(DashboardThreads threads) {
    clockwork.watch(threads);
  }

  /** How many streams of events are open. */
  int streams() {
    return clockwork.streams().count();
  }

  /** Has a sample taken now. */
  void tick() {
    clockwork.tick();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      DashboardReply.guard(exchange);
      Optional<String> refusal = access.refusal(exchange);
      if (closed) {
        DashboardReply.text(exchange, 503, "This dashboard is closed.");
      } else if (refusal.isPresent()) {
        DashboardReply.text(exchange, 403, refusal.get());
      } else {
        route(exchange, path(exchange));
      }
    } catch (RuntimeException e) {
      log.warn("The dashboard failed to answer", e);
      exchange.close();
    } catch (IOException e) {
      exchange.close(); // The client is gone.
      throw e;
    }
  }

  /** What stands behind the context path, as it was sent: nothing in it is decoded. */
  private static String path(HttpExchange exchange) {
    String context = exchange.getHttpContext().getPath();
    String base = context.endsWith("/") ? context.substring(0, context.length() - 1) : context;
    String path = exchange.getRequestURI().getRawPath();
    return path != null && path.startsWith(base) ? path.substring(base.length()) : "?";
  }

  private void route(HttpExchange exchange, String path) throws IOException {
    switch (path) {
      case "" -> toFolder(exchange);
      case "/" -> page(exchange);
      case "/login" -> login(exchange);
      case "/events" -> events(exchange);
      case "/figures" -> figures(exchange);
      case "/actions/invalidate", "/actions/warm" -> act(exchange, path.substring(9));
      default -> {
        if (path.startsWith("/") && files.has(path.substring(1))) {
          if (isAllowed(exchange, READ)) {
            files.send(exchange, path.substring(1));
          }
        } else {
          DashboardReply.text(exchange, 404, "There is no such page.");
        }
      }
    }
  }

  /** The page's own addresses are relative, so it needs the slash. */
  private static void toFolder(HttpExchange exchange) throws IOException {
    if (isAllowed(exchange, READ)) {
      String context = exchange.getHttpContext().getPath();
      String last = context.substring(context.lastIndexOf('/') + 1);
      exchange.getResponseHeaders().set("Location", "./" + last + "/");
      DashboardReply.empty(exchange, 308);
    }
  }

  /** Whether the method is one of these; refuses it if not. */
  private static boolean isAllowed(HttpExchange exchange, String methods) throws IOException {
    String method = exchange.getRequestMethod();
    for (String allowed : methods.split(", ", -1)) {
      if (allowed.equals(method)) {
        return true;
      }
    }
    exchange.getResponseHeaders().set("Allow", methods);
    DashboardReply.text(exchange, 405, "Only " + methods + " is allowed here.");
    return false;
  }

  private void page(HttpExchange exchange) throws IOException {
    if (!isAllowed(exchange, READ)) {
      return;
    }
    if (access.isKnown(exchange)) {
      byte[] page = files.page(title, access.pageToken());
      DashboardReply.send(exchange, 200, DashboardReply.HTML, page);
    } else {
      askForToken(exchange, "");
    }
  }

  private void askForToken(HttpExchange exchange, String message) throws IOException {
    exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"Tiercel\"");
    DashboardReply.send(exchange, 401, DashboardReply.HTML, files.login(title, message));
  }

  private void login(HttpExchange exchange) throws IOException {
    if (!isAllowed(exchange, "POST")) {
      return;
    }
    if (!DashboardAccess.isOwnPage(exchange.getRequestHeaders())) {
      DashboardReply.text(exchange, 403, "Only the dashboard's own page may ask for that.");
    } else if (access.isToken(form(exchange).getOrDefault("token", ""))) {
      String context = exchange.getHttpContext().getPath();
      String path = context.endsWith("/") ? context : context + "/";
      exchange.getResponseHeaders().set("Set-Cookie", access.cookie(exchange, path));
      exchange.getResponseHeaders().set("Location", "./");
      DashboardReply.empty(exchange, 303);
    } else {
      askForToken(exchange, "That is not the token.");
    }
  }

  /** Whether the figures may be shown; refuses if not. */
  private boolean isWelcome(HttpExchange exchange) throws IOException {
    if (!access.isKnown(exchange)) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"Tiercel\"");
      DashboardReply.text(exchange, 401, "The token is missing or wrong.");
      return false;
    }
    if (DashboardAccess.isForeign(exchange.getRequestHeaders())) {
      DashboardReply.text(exchange, 403, "Only the dashboard's own page may ask for that.");
      return false;
    }
    return true;
  }

  private void figures(HttpExchange exchange) throws IOException {
    if (isAllowed(exchange, READ) && isWelcome(exchange)) {
      DashboardReply.json(exchange, 200, clockwork.sampler().latest());
    }
  }

  private void events(HttpExchange exchange) throws IOException {
    if (!isAllowed(exchange, READ) || !isWelcome(exchange)) {
      return;
    }
    Headers fields = exchange.getResponseHeaders();
    fields.set("X-Accel-Buffering", "no");
    if (exchange.getRequestMethod().equals("HEAD")) {
      fields.set("Content-Type", "text/event-stream");
      DashboardReply.empty(exchange, 200);
      return;
    }
    SseStreams streams = clockwork.streams();
    if (!streams.enter()) {
      fields.set("Retry-After", "30");
      DashboardReply.text(exchange, 503, "As many pages watch as may. Close one of them.");
      return;
    }
    boolean begun = false;
    try {
      fields.set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      streams.begin(exchange, hello().getBytes(StandardCharsets.UTF_8));
      begun = true;
    } finally {
      if (!begun) {
        streams.leave();
      }
    }
  }

  /** The first event: how the page is to behave, and what was before. */
  private String hello() {
    String json =
        new DashboardJson()
            .object()
            .name("actions")
            .value(mayAct)
            .name("history")
            .raw(clockwork.sampler().history())
            .name("latest")
            .raw(clockwork.sampler().latest())
            .endObject()
            .toString();
    return "retry: 2000\nevent: hello\ndata: " + json + "\n\n";
  }

  private void act(HttpExchange exchange, String action) throws IOException {
    if (!mayAct) {
      DashboardReply.text(exchange, 404, "This dashboard only shows; see actions(true).");
      return;
    }
    if (!isAllowed(exchange, "POST") || !isWelcome(exchange)) {
      return;
    }
    Headers asked = exchange.getRequestHeaders();
    if (!DashboardAccess.isOwnPage(asked)
        || !access.isPageToken(asked.getFirst("X-Tiercel-Page"))) {
      DashboardReply.text(
          exchange, 403, "Only the dashboard's own page may do that. Load it anew.");
      return;
    }
    try {
      DashboardActions.Outcome outcome = actions.act(action, form(exchange));
      DashboardReply.json(
          exchange,
          outcome.status(),
          new DashboardJson().object().field("message", outcome.message()).endObject().toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      DashboardReply.text(exchange, 503, "The server is being closed.");
    }
  }

  /** The fields of a form; what is too long or malformed is none. */
  private static Map<String, String> form(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_FORM_BYTES + 1);
    Map<String, String> fields = new LinkedHashMap<>();
    if (body.length > MOST_FORM_BYTES) {
      return fields;
    }
    for (String pair : new String(body, StandardCharsets.ISO_8859_1).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        try {
          fields.put(
              URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
              URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
          return Map.of();
        }
      }
    }
    return fields;
  }

  /** Ends its streams and its threads. Closing again does nothing. */
  @Override
  public void close() {
    closed = true;
    forget.run();
    clockwork.close();
    actions.close();
  }
}
