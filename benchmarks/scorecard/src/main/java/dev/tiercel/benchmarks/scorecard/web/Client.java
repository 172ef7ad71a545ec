package dev.tiercel.benchmarks.scorecard.web;

import dev.tiercel.benchmarks.scorecard.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The client in a process of its own, until it is closed. */
final class Client implements AutoCloseable {
  private static final Duration GLANCE = Duration.ofMillis(200);

  /** What a round may take beyond its time: its last requests are waited for. */
  private static final Duration DRAIN = Duration.ofSeconds(90);

  private final Child child;

  private Client(Child child) {
    this.child = child;
  }

  /**
   * Starts one.
   *
   * @param lists what it may ask for
   * @param workplace where it may put files
   */
  static Client start(List<AgentList> lists, Workplace workplace) throws IOException {
    Path file = workplace.file("web-lists.txt");
    Files.write(file, lists.stream().map(AgentList::line).toList());
    return new Client(
        Child.start(
            "client",
            workplace,
            List.of("-Xmx256m"),
            LoadClient.class,
            List.of(file.toAbsolutePath().toString())));
  }

  /** Carries out an order; fails at once if the server dies. */
  Round run(Order order, Server server) throws InterruptedException {
    child.tell(order.line());
    long limit =
        System.nanoTime() + DRAIN.toNanos() + (order.warmUpMillis() + order.millis()) * 1_000_000L;
    while (true) {
      try {
        Optional<String> line = child.line(GLANCE);
        if (line.isPresent()) {
          Optional<Round> round = Round.parse(line.get());
          if (round.isEmpty()) {
            throw child.ended(); // What it says instead is why.
          }
          return round.get();
        }
      } catch (IllegalStateException e) {
        server.checkAlive(); // That would be why.
        throw new IllegalStateException(
            "%s%nthe %s said: %s".formatted(e.getMessage(), server.site().server(), server.told()),
            e);
      }
      server.checkAlive();
      if (System.nanoTime() - limit > 0) {
        throw new IllegalStateException("the client does not come to an end with " + order);
      }
    }
  }

  @Override
  public void close() {
    child.close();
  }
}
