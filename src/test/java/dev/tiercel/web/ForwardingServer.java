package dev.tiercel.web;

import dev.tiercel.cache.TieredCache;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A response cache before a handler that forwards to another server, for the conformance suite;
 * {@code benchmarks/http/conformance.sh} starts it.
 */
final class ForwardingServer {
  private static final Set<String> NOT_FORWARDED = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    NOT_FORWARDED.addAll(
        List.of("Connection", "Content-Length", "Expect", "Host", "Transfer-Encoding", "Upgrade"));
  }

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String origin;

  private ForwardingServer(String origin) {
    this.origin = origin;
  }

  /**
   * Starts the server.
   *
   * @param args the origin's URL; {@code jdk} or {@code jetty}; {@code default} or {@code all}
   */
  public static void main(String[] args) throws Exception {
    TieredCache cache = TieredCache.builder().memory(64 << 20).ttl(Duration.ofDays(1)).build();
    ResponseCacheBuilder described = ResponseCache.of(cache);
    if (args[2].equals("all")) {
      described
          .targets("Tiercel-Cache-Control", "CDN-Cache-Control", "Surrogate-Control")
          .heuristic(0.1)
          .keepCookies();
    }
    ForwardingServer forwarding = new ForwardingServer(args[0]);
    TestServer server =
        args[1].equals("jetty")
            ? new JettyTestServer(described.build(), forwarding::forward)
            : new JdkTestServer(described.build(), forwarding::forward);
    System.out.println(server.port());
  }

  private void forward(App.Asked asked, App.Answer answer) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + asked.target()))
            .method(asked.method(), BodyPublishers.ofByteArray(asked.body()));
    for (String name : asked.names()) {
      if (!NOT_FORWARDED.contains(name)) {
        request.header(name, asked.field(name));
      }
    }
    HttpResponse<byte[]> response;
    try {
      response = client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    answer.status(response.statusCode());
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              boolean isLength = name.equalsIgnoreCase("Content-Length");
              if (!isLength && !name.equalsIgnoreCase("Transfer-Encoding")) {
                values.forEach(value -> answer.field(name, value));
              }
            });
    answer.length(response.body().length);
    try (var out = answer.body()) {
      out.write(response.body());
    }
  }
}
