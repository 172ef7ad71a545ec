package dev.tiercel.benchmarks.scorecard.web;

import dev.tiercel.benchmarks.scorecard.Workplace;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A server in a process of its own, until it is closed. */
final class Server implements AutoCloseable {
  static final int HEAP = 256;
  private static final Duration START = Duration.ofSeconds(60);
  private static final List<String> OPTIONS =
      List.of(
          "-Xmx" + HEAP + "m",
          "-XX:+ExitOnOutOfMemoryError",
          // Otherwise a response waits up to 40 ms between its head and its body.
          "-Dsun.net.httpserver.nodelay=true",
          // All connections of a round stay open.
          "-Dsun.net.httpserver.maxIdleConnections=1024");

  private final Site site;
  private final Child child;
  private final int port;

  private Server(Site site, Child child, int port) {
    this.site = site;
    this.child = child;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param site what it serves
   * @param of the file of the database, or how many bytes there are to answer
   * @param workplace where it may put files
   */
  static Server start(Site site, String of, Workplace workplace)
      throws IOException, InterruptedException {
    Child child =
        Child.start(site.server(), workplace, OPTIONS, ServerChild.class, List.of(site.name(), of));
    try {
      return new Server(site, child, child.awaitNumber(START));
    } catch (RuntimeException | InterruptedException e) {
      child.close();
      throw e;
    }
  }

  Site site() {
    return site;
  }

  int port() {
    return port;
  }

  void checkAlive() throws InterruptedException {
    child.checkAlive();
  }

  /** All that it has said, after its port. */
  String told() {
    List<String> told = child.told();
    return String.join(System.lineSeparator(), told.subList(1, told.size()));
  }

  @Override
  public void close() {
    child.close();
  }
}
