package dev.tiercel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.cache.CapturedLog;
import dev.tiercel.resource.LeakWatch;
import dev.tiercel.web.Dashboard;
import dev.tiercel.web.DashboardBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard of a whole stack. */
class TiercelDashboardTest {
  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  private JsonNode figures(URI page) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(page.resolve("figures")).build();
    return new ObjectMapper().readTree(client.send(request, BodyHandlers.ofString()).body());
  }

  private static Set<String> sources(JsonNode figures) {
    Set<String> all = new TreeSet<>();
    for (JsonNode source : figures.get("sources")) {
      assertTrue(!source.has("error"), source.toString());
      all.add(source.get("kind").asText() + " " + source.get("name").asText());
    }
    return all;
  }

  @Test
  void itShowsAllThatThereIs() throws Exception {
    try (Tiercel tiercel =
        Tiercel.builder(folder.resolve("tasks.db"))
            .name("billing")
            .warm("all", Duration.ofHours(1), tasks -> tasks.findAll())
            .build()) {
      Dashboard dashboard = tiercel.dashboard().start();
      assertTrue(dashboard.uri().toString().startsWith("http://127.0.0.1:"));
      assertEquals(
          Set.of(
              "cache billing",
              "tasks billing",
              "warmer billing",
              "pool billing-read",
              "pool billing-write",
              "memory process"),
          sources(figures(dashboard.uri())));
    }
  }

  @Test
  void withoutACacheOrADatabaseItShowsTheRest() throws Exception {
    try (Tiercel uncached = Tiercel.builder(folder.resolve("tasks.db")).uncached().build();
        Tiercel inMemory = Tiercel.inMemory()) {
      assertEquals(
          Set.of("tasks tiercel", "pool tiercel-read", "pool tiercel-write", "memory process"),
          sources(figures(uncached.dashboard().start().uri())));
      assertEquals(
          Set.of("cache tiercel", "tasks tiercel", "warmer tiercel", "memory process"),
          sources(figures(inMemory.dashboard().start().uri())));
    }
  }

  @Test
  void itEndsWithTheStack() throws Exception {
    URI page;
    DashboardBuilder late;
    try (Tiercel tiercel = Tiercel.inMemory()) {
      page = tiercel.dashboard().start().uri();
      tiercel.dashboard().start().close();
      tiercel.dashboard().handler().close();
      late = tiercel.dashboard();
      figures(page);
    }
    assertThrows(ConnectException.class, () -> figures(page));
    assertThrows(IllegalStateException.class, late::start);
    assertThrows(IllegalStateException.class, late::handler);
  }

  @Test
  void aStackThatIsLookedAtIsToldAllTheSameWhenNobodyClosesIt() throws Exception {
    try (CapturedLog log = new CapturedLog(LeakWatch.class)) {
      Dashboard open = leak();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (!log.text().contains("Tiercel in memory' was never closed")) {
        assertTrue(System.nanoTime() < deadline, log.text());
        System.gc();
      }
      figures(open.uri());
      open.close();
    }
  }

  private static Dashboard leak() {
    return Tiercel.inMemory().dashboard().start();
  }
}
