package dev.tiercel.benchmarks.scorecard.web;

import com.sun.management.OperatingSystemMXBean;
import dev.tiercel.benchmarks.scorecard.cache.Zipf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One round of load: connections that stay open, each asking again as soon as it is answered.
 *
 * <p>One thread drives them all, so that the client leaves the cores to the server: a thread for
 * each connection would cost more than many a response.
 */
final class Load {
  private static final long PATIENCE = 60_000_000_000L;
  private static final int SELECT_MILLIS = 10;
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int BUSY = 503;

  private final Order order;
  private final Freshness freshness;
  private final Requests requests;
  private final Times reads = new Times();
  private final Times writes = new Times();
  private long from;
  private long to;
  private long done;
  private long refused;
  private int underWay;

  Load(Order order, List<AgentList> lists, Freshness freshness) {
    this.order = order;
    this.freshness = freshness;
    Random random = new Random(order.seed());
    this.requests =
        new Requests(order, lists, freshness, new Zipf(lists.size(), new Random(7)), random);
  }

  /** What began before the end is waited for, and its time counted. */
  Round run() throws IOException {
    long checkedBefore = freshness.checked();
    long staleBefore = freshness.stale();
    List<Connection> connections = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < order.connections(); i++) {
        connections.add(new Connection(order.port(), selector));
      }
      from = System.nanoTime() + order.warmUpMillis() * 1_000_000L;
      to = from + order.millis() * 1_000_000L;
      for (Connection connection : connections) {
        send(connection);
      }
      long cpu = cpuNanos();
      long start = System.nanoTime();
      while (underWay > 0) {
        selector.select(this::ready, SELECT_MILLIS);
        if (System.nanoTime() - to > PATIENCE) {
          throw new IOException(underWay + " requests were not answered for a minute");
        }
      }
      double busy = (double) (cpuNanos() - cpu) / (System.nanoTime() - start);
      return new Round(
          done * 1e9 / (to - from),
          reads.mean(),
          reads.percentile99(),
          writes.mean(),
          writes.count(),
          refused,
          freshness.checked() - checkedBefore,
          freshness.stale() - staleBefore,
          busy);
    } finally {
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private void ready(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      if (connection.receive()) {
        answered(connection);
        if (System.nanoTime() - to < 0) {
          send(connection);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(Connection connection) throws IOException {
    connection.request = requests.next(connection.request);
    connection.begin(connection.request.bytes());
    underWay++;
  }

  private void answered(Connection connection) throws IOException {
    long now = System.nanoTime();
    underWay--;
    Request request = connection.request;
    int status = connection.status();
    boolean isRefused = status == BUSY;
    if (!isRefused && status != (request.write() == null ? OK : NO_CONTENT)) {
      throw new IOException("a request was answered with " + connection.text());
    }
    if (request.write() != null) {
      freshness.end(request.list(), request.write(), !isRefused);
    } else if (!isRefused && request.expected() != null) {
      freshness.check(request.expected(), connection.body());
    }
    if (connection.begun() - from >= 0) {
      if (isRefused) {
        refused++;
      } else {
        (request.write() == null ? reads : writes).add(now - connection.begun());
      }
    }
    if (now - from >= 0 && now - to < 0 && !isRefused) {
      done++;
    }
  }
}
