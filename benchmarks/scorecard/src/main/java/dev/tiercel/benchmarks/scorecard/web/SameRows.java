package dev.tiercel.benchmarks.scorecard.web;

import dev.tiercel.benchmarks.scorecard.web.AgentList.Item;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Makes sure that all servers answer with the same rows, before anybody is called faster. */
final class SameRows {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TWICE = 2;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Server> servers;
  private long bytes;
  private long rows;
  private int bodies;

  /**
   * Among servers.
   *
   * @param servers of which the first is believed
   */
  SameRows(List<Server> servers) {
    this.servers = servers;
  }

  /**
   * The lists of these agents, after they were compared. Each is asked for twice, because the
   * second time another may answer: a cache.
   */
  List<AgentList> of(List<String> agents) throws IOException, InterruptedException {
    List<AgentList> lists = new ArrayList<>();
    for (String agent : agents) {
      String target = AgentList.target(agent);
      List<Item> first = null;
      for (Server server : servers) {
        for (int i = 0; i < TWICE; i++) {
          List<Item> items = items(server, target);
          first = first == null ? items : first;
          compare(target, first, server, items);
        }
      }
      lists.add(AgentList.of(target, first));
    }
    return lists;
  }

  private List<Item> items(Server server, String target) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + target))
            .timeout(PATIENCE)
            .build();
    HttpResponse<String> response;
    try {
      response = client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      server.checkAlive();
      throw e;
    }
    if (response.statusCode() != 200) {
      throw new IllegalStateException(
          "the %s answers %s with %d: %s"
              .formatted(server.site().server(), target, response.statusCode(), response.body()));
    }
    List<Item> items = Item.all(response.body());
    bytes += Long.parseLong(response.headers().firstValue("Content-Length").orElseThrow());
    rows += items.size();
    bodies++;
    return items;
  }

  private void compare(String target, List<Item> first, Server server, List<Item> items) {
    Set<String> expected = essence(first);
    Set<String> found = essence(items);
    if (!expected.equals(found)) {
      throw new IllegalStateException(
          "the answers to %s differ%n  only the %s: %s%n  only the %s: %s"
              .formatted(
                  target,
                  servers.get(0).site().server(),
                  without(expected, found),
                  server.site().server(),
                  without(found, expected)));
    }
  }

  private static Set<String> without(Set<String> all, Set<String> others) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(others);
    return rest;
  }

  /**
   * How many there are, and which but for those as old as the last: of ties at the end the naive
   * repository shows whichever it likes.
   */
  private static Set<String> essence(List<Item> items) {
    Set<String> essence = new TreeSet<>();
    essence.add(items.size() + " rows");
    String last = items.isEmpty() ? "" : items.get(items.size() - 1).created();
    for (Item item : items) {
      essence.add(item.created().equals(last) ? "last " + last : item.id());
    }
    return essence;
  }

  /** How long a body is, on average. */
  int meanBytes() {
    return (int) (bytes / bodies);
  }

  /** How many rows it has, on average. */
  double meanRows() {
    return (double) rows / bodies;
  }
}
