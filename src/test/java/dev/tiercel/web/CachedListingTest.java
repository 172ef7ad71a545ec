package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.tiercel.Tiercel;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskRepository;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A page in a response cache behind a rate limit: kept, and void when a write has returned. */
class CachedListingTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void aWriteEndsWhatShowsItBeforeItReturns() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    try (Tiercel tiercel = Tiercel.inMemory()) {
      TaskRepository tasks = tiercel.tasks();
      RateLimit limit = RateLimit.of(1_000_000, Duration.ofSeconds(1)).build();
      server
          .createContext("/tasks", TaskListing.pages(tasks).handler())
          .getFilters()
          .addAll(
              List.of(
                  limit.forJdkServer(),
                  ResponseCache.of(tiercel.cache())
                      .ttl(Duration.ofHours(1))
                      .build()
                      .forJdkServer()));
      server.start();
      Task task = tasks.add(Task.titled("0").withId("a"));
      for (int i = 1; i <= 200; i++) {
        HttpResponse<String> miss = get(server);
        HttpResponse<String> hit = get(server);
        assertTrue(status(hit).contains("hit"), status(hit));
        assertEquals(miss.body(), hit.body());
        assertEquals(miss.headers().firstValue("Link"), hit.headers().firstValue("Link"));
        task = tasks.save(task.withTitle("title " + i));
        assertTrue(get(server).body().contains("\"title " + i + "\""));
      }
      assertEquals(600, limit.stats().allowed());
    } finally {
      server.stop(0);
      threads.shutdown();
    }
  }

  private static String status(HttpResponse<String> response) {
    return response.headers().firstValue("Cache-Status").orElse("");
  }

  private static HttpResponse<String> get(HttpServer server) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tasks?total=true");
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
