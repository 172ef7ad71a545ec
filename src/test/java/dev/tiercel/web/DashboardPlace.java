package dev.tiercel.web;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A dashboard in somebody's server, whose time stands still, and clients that say what they like.
 */
final class DashboardPlace implements AutoCloseable {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d+) ");

  final AtomicLong nanos = new AtomicLong();
  final StillTimer timer = new StillTimer();
  final DashboardHandler handler;
  final HttpServer server;
  final String context;
  private final @Nullable ExecutorService threads;

  /** In a server that has one thread for everything, as the JDK's has by default. */
  DashboardPlace(DashboardBuilder builder, String context) throws IOException {
    this(builder, context, null);
  }

  private DashboardPlace(
      DashboardBuilder builder, String context, @Nullable ExecutorService threads)
      throws IOException {
    this.context = context;
    this.threads = threads;
    handler = builder.ticker(nanos::get).timer(timer).handler();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(context, handler);
    server.start();
  }

  static DashboardPlace withThreads(DashboardBuilder builder, String context) throws IOException {
    return new DashboardPlace(builder, context, Executors.newCachedThreadPool());
  }

  /** Some source. */
  static DashboardSource pool(String name) {
    return DashboardSource.pool(name, () -> DashboardPool.of(8, 3, 5, 2));
  }

  int port() {
    return server.getAddress().getPort();
  }

  String host() {
    return "localhost:" + port();
  }

  /** One more second. */
  void second() {
    nanos.addAndGet(1_000_000_000);
    handler.tick();
  }

  /**
   * Asks, and waits for the whole answer.
   *
   * @param path behind the context, as it goes over the wire
   * @param fields lines of the head; a Host if there is none among them
   */
  Reply ask(String method, String path, String body, String... fields) {
    List<String> lines = new ArrayList<>();
    lines.add(method + " " + context + path + " HTTP/1.1");
    lines.addAll(List.of(fields));
    if (lines.stream().noneMatch(line -> line.startsWith("Host:"))) {
      lines.add("Host: " + host());
    }
    if (!body.isEmpty()) {
      lines.add("Content-Length: " + body.length());
    }
    lines.add("Connection: close");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(30_000);
      String asked = String.join("\r\n", lines) + "\r\n\r\n" + body;
      socket.getOutputStream().write(asked.getBytes(StandardCharsets.ISO_8859_1));
      String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = text.indexOf("\r\n\r\n");
      Matcher status = STATUS.matcher(text);
      if (end < 0 || !status.lookingAt()) {
        throw new IllegalStateException("no answer: " + text);
      }
      return new Reply(
          Integer.parseInt(status.group(1)), text.substring(0, end), text.substring(end + 4));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Reply get(String path, String... fields) {
    return ask("GET", path, "", fields);
  }

  /**
   * What came back.
   *
   * @param head the status line and the fields
   */
  record Reply(int status, String head, String body) {
    /** The value of a field, or nothing. */
    String field(String name) {
      Matcher field =
          Pattern.compile("(?im)^" + Pattern.quote(name) + ": (.*?)\\r?$").matcher(head);
      return field.find() ? field.group(1) : "";
    }
  }

  /** Opens a stream of events. */
  Events events(String... fields) throws IOException {
    return new Events(this, 0, fields);
  }

  /** A client of the stream of events. */
  static final class Events implements AutoCloseable {
    final Socket socket = new Socket();
    private final BufferedReader in;
    final String status;

    Events(DashboardPlace place, int receiveBuffer, String... fields) throws IOException {
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.setSoTimeout(30_000);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), place.port()));
      List<String> lines =
          new ArrayList<>(
              List.of("GET " + place.context + "/events HTTP/1.1", "Host: " + place.host()));
      lines.addAll(List.of(fields));
      socket
          .getOutputStream()
          .write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      status = in.readLine();
    }

    /** The data of the next event of a kind; null if the stream ends before. */
    @Nullable String next(String kind) throws IOException {
      String line = in.readLine();
      while (line != null && !line.equals("event: " + kind)) {
        line = in.readLine();
      }
      String data = line == null ? null : in.readLine();
      return data == null ? null : data.substring("data: ".length());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Override
  public void close() {
    handler.close();
    server.stop(0);
    timer.shutdownNow();
    if (threads != null) {
      threads.shutdownNow();
    }
  }
}
