package dev.tiercel.web;

import com.sun.net.httpserver.HttpServer;
import dev.tiercel.Tiercel;
import dev.tiercel.task.Task;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Everything of this package that stands in the JDK's server, for a class path without servlets.
 */
final class WithoutServletApi {
  private WithoutServletApi() {}

  public static void main(String[] args) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (Tiercel tiercel = Tiercel.inMemory()) {
      tiercel.tasks().add(Task.titled("Read").withId("a"));
      var filters =
          server.createContext("/tasks", TaskListing.pages(tiercel.tasks()).handler()).getFilters();
      filters.add(RateLimit.of(2, Duration.ofHours(1)).build().forJdkServer());
      filters.add(ResponseCache.of(tiercel.cache()).ttl(Duration.ofMinutes(1)).filter());
      server.start();
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> response = get(server.getAddress().getPort());
        System.out.println(
            response.statusCode()
                + ", hit: "
                + response.headers().firstValue("Cache-Status").orElse("").contains("; hit"));
      }
    } finally {
      server.stop(0);
    }
  }

  private static HttpResponse<String> get(int port) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + "/tasks?limit=1");
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build(),
            BodyHandlers.ofString());
  }
}
