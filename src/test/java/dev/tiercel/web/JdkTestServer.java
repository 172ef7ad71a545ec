package dev.tiercel.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The JDK's own server. */
final class JdkTestServer extends TestServer {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  JdkTestServer(WebFilter filter, App app) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", e -> handle(app, e)).getFilters().add(filter.forJdkServer());
    server.start();
  }

  private static void handle(App app, HttpExchange exchange) throws IOException {
    try {
      app.handle(new JdkAsked(exchange), new JdkAppAnswer(exchange));
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  @Override
  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private record JdkAsked(HttpExchange exchange) implements App.Asked {
    @Override
    public String method() {
      return exchange.getRequestMethod();
    }

    @Override
    public String target() {
      return exchange.getRequestURI().toString();
    }

    @Override
    public String field(String name) {
      return String.join(", ", exchange.getRequestHeaders().getOrDefault(name, List.of()));
    }

    @Override
    public byte[] body() throws IOException {
      return exchange.getRequestBody().readAllBytes();
    }
  }

  private static final class JdkAppAnswer implements App.Answer {
    private final HttpExchange exchange;
    private int status = 200;
    private long length = -2;
    private @Nullable OutputStream body;

    JdkAppAnswer(HttpExchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public App.Answer status(int code) {
      status = code;
      return this;
    }

    @Override
    public App.Answer field(String name, String value) {
      exchange.getResponseHeaders().add(name, value);
      return this;
    }

    @Override
    public App.Answer length(long bytes) {
      length = bytes;
      return this;
    }

    @Override
    public OutputStream body() throws IOException {
      OutputStream begun = body;
      if (begun == null) {
        boolean isEmpty = length == 0 || status == 204 || status == 304;
        if (length > 0 && exchange.getRequestMethod().equals("HEAD")) {
          exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
          isEmpty = true;
        }
        exchange.sendResponseHeaders(status, isEmpty ? -1 : Math.max(0, length));
        begun = exchange.getResponseBody();
        body = begun;
      }
      return begun;
    }
  }
}
