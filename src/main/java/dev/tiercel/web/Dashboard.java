package dev.tiercel.web;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A live page of what a stack does, in a small server of its own.
 *
 * <pre>{@code
 * try (Dashboard dashboard = Dashboard.of(DashboardSource.cache("boards", cache)).start()) {
 *   System.out.println(dashboard.uri());
 *   ...
 * }
 * }</pre>
 *
 * <p>It shows figures, keys and names; unless {@link DashboardBuilder#actions} are enabled it
 * changes nothing. It is for this machine only, unless it has a {@link DashboardBuilder#token}; the
 * server speaks plain HTTP, so put something that speaks TLS in front of it where the way is not
 * yours. Its threads are daemons. Thread-safe.
 */
public final class Dashboard implements AutoCloseable {
  private static final int MOST_THREADS = 32;

  private final HttpServer server;
  private final DashboardThreads threads;
  private final DashboardHandler handler;
  private final URI uri;
  private final AtomicBoolean closed = new AtomicBoolean();

  Dashboard(DashboardBuilder built, InetAddress address, int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(address, port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the dashboard cannot listen at "
              + address.getHostAddress()
              + " port "
              + port
              + "; choose another port, or 0 for any that is free",
          e);
    }
    threads = new DashboardThreads(MOST_THREADS, built.nanoTime());
    boolean done = false;
    try {
      handler = new DashboardHandler(built);
      done = true;
    } finally {
      if (!done) {
        server.stop(0);
      }
    }
    handler.watch(threads);
    server.setExecutor(threads);
    server.createContext("/", handler);
    server.start();
    uri = URI.create("http://" + name(address) + ":" + server.getAddress().getPort() + "/");
  }

  private static String name(InetAddress address) {
    if (address.isAnyLocalAddress()) {
      return "localhost";
    }
    String text = address.getHostAddress();
    return text.contains(":") ? "[" + text.split("%", 2)[0].toLowerCase(Locale.ROOT) + "]" : text;
  }

  /**
   * Describes a dashboard.
   *
   * @param sources what it shows, in this order
   * @return a builder
   * @throws IllegalArgumentException if two sources of a kind have the same name
   */
  public static DashboardBuilder of(DashboardSource... sources) {
    return new DashboardBuilder(sources);
  }

  /**
   * Where the page is. A token is not part of it: the page asks for that.
   *
   * @return the address, with the port that was found
   */
  public URI uri() {
    return uri;
  }

  DashboardHandler handler() {
    return handler;
  }

  /** Ends its streams, its server and its threads. Closing again does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      handler.close();
      server.stop(0);
      threads.close();
    }
  }
}
