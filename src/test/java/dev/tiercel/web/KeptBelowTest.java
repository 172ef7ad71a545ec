package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.Tiercel;
import dev.tiercel.cache.Tag;
import dev.tiercel.task.Task;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Responses in the tiers below memory, over a restart. */
class KeptBelowTest {
  @TempDir Path folder;

  private Tiercel open() {
    return Tiercel.builder(folder.resolve("tasks.db"))
        .sqliteTier(folder.resolve("cache.db"), 16 << 20)
        .fileTier(folder.resolve("files"), 64 << 20)
        .build();
  }

  private static TestServer serve(Tiercel tiercel, App app) throws Exception {
    return new JdkTestServer(
        ResponseCache.of(tiercel.cache()).ttl(Duration.ofMinutes(5)).build(), app);
  }

  private static HttpResponse<byte[]> get(TestServer server, String target) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + target);
    HttpRequest request = HttpRequest.newBuilder(uri).setHeader("X-Host", "h").build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
  }

  private static boolean isHit(HttpResponse<?> response) {
    return response.headers().firstValue("Cache-Status").orElse("").contains("Tiercel; hit");
  }

  @Test
  void theySurviveARestartUnlessAWriteEndedThem() throws Exception {
    byte[] large = new byte[200_000];
    new Random(1).nextBytes(large);
    App app =
        (asked, answer) -> {
          boolean isLarge = asked.target().equals("/large");
          answer.field("Cache-Tag", isLarge ? "task:large" : "task:small");
          try (OutputStream out = answer.body()) {
            out.write(isLarge ? large : new byte[] {-1, 0, 13, 10});
          }
        };
    int port;
    try (Tiercel tiercel = open();
        TestServer server = serve(tiercel, app)) {
      port = server.port();
      tiercel.tasks().save(Task.titled("a"));
      assertFalse(isHit(get(server, "/small")));
      assertFalse(isHit(get(server, "/large")));
      assertTrue(tiercel.cache().flush(Duration.ofSeconds(30)));
    }
    try (Tiercel tiercel = open()) {
      WebRequest small =
          new WebRequest("GET", "http", "127.0.0.1:" + port, "/small", HttpFields.none(), "");
      ResponseCache again = ResponseCache.of(tiercel.cache()).ttl(Duration.ofMinutes(5)).build();
      String target = again.keys.target(small);
      StoredResponse stored = again.store.find(target, HttpFields.none());
      assertArrayEquals(new byte[] {-1, 0, 13, 10}, stored.bytes());
      String largeTarget =
          again.keys.target(
              new WebRequest("GET", "http", "127.0.0.1:" + port, "/large", HttpFields.none(), ""));
      assertArrayEquals(large, again.store.find(largeTarget, HttpFields.none()).bytes());
      tiercel.cache().invalidate(Tag.of("task:small"));
      assertEquals(null, again.store.find(target, HttpFields.none()));
      assertTrue(again.store.find(largeTarget, HttpFields.none()) != null);
    }
  }
}
