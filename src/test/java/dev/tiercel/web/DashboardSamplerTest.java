package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypedCache;
import dev.tiercel.memory.MemoryProfiler;
import dev.tiercel.query.CacheWarmer;
import dev.tiercel.task.InMemoryTaskRepository;
import dev.tiercel.task.Task;
import dev.tiercel.web.DashboardPlace.Events;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the figures say, and that they say it whatever a source does. */
class DashboardSamplerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode figures(DashboardPlace place) throws IOException {
    return JSON.readTree(place.get("/figures").body());
  }

  private static JsonNode source(JsonNode figures, String kind) {
    for (JsonNode source : figures.get("sources")) {
      if (source.get("kind").asText().equals(kind)) {
        return source;
      }
    }
    throw new AssertionError("there is no " + kind + " in " + figures);
  }

  private static double point(JsonNode figures, String chart, String line) {
    for (JsonNode point : figures.get("points")) {
      if (point.get(0).asText().equals(chart) && point.get(1).asText().equals(line)) {
        return point.get(2).isNull() ? Double.NaN : point.get(2).asDouble();
      }
    }
    throw new AssertionError("there is no " + chart + " " + line + " in " + figures);
  }

  @Test
  void aCacheSaysWhatItAnsweredAndWhatItMissed() throws IOException {
    try (TieredCache cache = TieredCache.builder().entries(100).onlyWriter().build();
        DashboardPlace place =
            new DashboardPlace(Dashboard.of(DashboardSource.cache("boards", cache)), "/d")) {
      TypedCache<String> boards = cache.typed(String.class);
      boards.get("board:a", Tag.of("a"), () -> "value");
      for (int i = 0; i < 9; i++) {
        boards.get("board:a", Tag.of("a"), () -> "value");
      }
      cache.invalidate(Tag.of("b"));
      cache.invalidatePrefix("board:");
      place.second();
      JsonNode now = figures(place);
      assertEquals(90, point(now, "hits", "memory"));
      assertEquals(9, point(now, "lookups", "hits"));
      assertEquals(1, point(now, "lookups", "misses"));
      assertEquals(1, point(now, "lookups", "loads"));
      assertEquals(1, point(now, "voided", "tags"));
      assertEquals(1, point(now, "voided", "prefixes"));
      assertEquals(0, point(now, "voided", "writes"));
      assertTrue(point(now, "loads", "99 %") > 0);
      assertTrue(point(now, "saved", "saved") > 0);
      JsonNode details = source(now, "cache");
      assertEquals(90, details.get("hitPercent").asDouble());
      assertEquals("board:a", details.get("missed").get(0).get("key").asText());
      assertEquals(9, details.get("tiers").get(0).get("hits").asInt());
      place.second();
      assertTrue(
          Double.isNaN(point(figures(place), "hits", "memory")), "a second without look-ups");
    }
  }

  @Test
  void nothingIsWatchedBeforeOrAfter() throws IOException {
    try (TieredCache cache = TieredCache.builder().entries(100).onlyWriter().build()) {
      AtomicInteger read = new AtomicInteger();
      DashboardBuilder builder =
          Dashboard.of(
              DashboardSource.cache("boards", cache),
              DashboardSource.pool(
                  "counted",
                  () -> {
                    read.incrementAndGet();
                    return DashboardPool.of(1, 1, 0, 0);
                  }));
      assertEquals(0, read.get());
      DashboardPlace place = new DashboardPlace(builder, "/d");
      assertEquals(1, read.get());
      place.close();
      place.second();
      assertEquals(1, read.get());
    }
  }

  /** A source that knows how many dashboards read it. */
  private static DashboardSource counted(AtomicInteger open) {
    return new DashboardSource(
        "counted",
        "counted",
        null,
        null,
        (line, background) -> {
          open.incrementAndGet();
          return new DashboardReader() {
            @Override
            public void read(DashboardReading reading) {}

            @Override
            public void close() {
              open.decrementAndGet();
            }
          };
        });
  }

  @Test
  void nothingIsWatchedByADashboardThatDidNotOpen() {
    AtomicInteger open = new AtomicInteger();
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    timer.shutdown();
    DashboardBuilder stopped = Dashboard.of(counted(open)).timer(timer);
    assertThrows(RejectedExecutionException.class, stopped::handler);
    assertEquals(0, open.get());

    DashboardReader.Opener shut =
        (line, background) -> {
          throw new IllegalStateException("it cannot be opened");
        };
    DashboardBuilder broken =
        Dashboard.of(counted(open), new DashboardSource("shut", "shut", null, null, shut));
    assertThrows(IllegalStateException.class, broken::handler);
    assertEquals(0, open.get());

    DashboardBuilder timeless =
        Dashboard.of(counted(open))
            .clock(
                () -> {
                  throw new IllegalStateException("nobody knows what time it is");
                });
    assertThrows(IllegalStateException.class, timeless::handler);
    assertEquals(0, open.get());
  }

  @Test
  void aSourceThatThrowsIsSaidAndTheRestGoesOn() throws IOException {
    AtomicBoolean broken = new AtomicBoolean(true);
    DashboardSource shaky =
        DashboardSource.pool(
            "shaky",
            () -> {
              if (broken.get()) {
                throw new AssertionError("out of \"order\"");
              }
              return DashboardPool.of(1, 0, 1, 0);
            });
    try (DashboardPlace place =
        new DashboardPlace(Dashboard.of(shaky, DashboardPlace.pool("lanes")), "/d")) {
      place.second();
      JsonNode now = figures(place);
      assertEquals(
          "java.lang.AssertionError: out of \"order\"",
          now.get("sources").get(0).get("error").asText());
      assertEquals(5, point(now, "pools", "lanes"));
      broken.set(false);
      place.second();
      assertEquals(1, point(figures(place), "pools", "shaky"));
      assertFalse(figures(place).get("sources").get(0).has("error"));
      try (Events events = place.events()) {
        String hello = events.next("hello");
        assertNotNull(hello);
        assertTrue(hello.contains("\"shaky\":[null,null,1]"), hello);
      }
    }
  }

  @Test
  void tenMinutesAreKeptAndNoMore() throws IOException {
    try (DashboardPlace place =
        new DashboardPlace(
            Dashboard.of(DashboardPlace.pool("lanes"))
                .clock(InstantSource.fixed(Instant.ofEpochMilli(7))),
            "/d")) {
      for (int i = 0; i < 1_500; i++) {
        place.second();
      }
      try (Events events = place.events()) {
        JsonNode history = JSON.readTree(events.next("hello")).get("history");
        assertEquals(600, history.get("at").size());
        assertEquals(7, history.get("at").get(0).asInt());
        assertEquals(600, history.get("charts").get("pools").get("lanes").size());
      }
    }
  }

  @Test
  void tasksAreCountedInTheBackgroundOnlyWhileSomebodyLooks() throws IOException {
    InMemoryTaskRepository tasks = new InMemoryTaskRepository(InstantSource.system());
    tasks.add(Task.titled("one"));
    tasks.add(Task.titled("two").assignedTo("a"));
    try (DashboardPlace place =
        new DashboardPlace(Dashboard.of(DashboardSource.tasks("tasks", tasks)), "/d")) {
      place.second();
      place.second();
      assertFalse(source(figures(place), "tasks").has("pending"), "nobody had looked");
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      JsonNode now = figures(place);
      while (!source(now, "tasks").has("pending")) {
        assertTrue(System.nanoTime() < end, "they were never counted");
        place.second();
        now = figures(place);
      }
      assertEquals(1, source(now, "tasks").get("pending").asInt());
      assertEquals(1, source(now, "tasks").get("assigned").asInt());
      assertEquals(0, source(now, "tasks").get("completed").asInt());
    }
  }

  @Test
  void theWarmerAndTheProcessSayHowTheyAre() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    try (TieredCache cache = TieredCache.builder().entries(100).onlyWriter().build();
        CacheWarmer warmer =
            CacheWarmer.builder(cache)
                .query(
                    "board",
                    Duration.ofHours(1),
                    () -> {
                      throw new IllegalStateException("no board");
                    })
                .retry(Duration.ofHours(1))
                .listener(outcome -> failed.countDown())
                .start();
        DashboardPlace place =
            new DashboardPlace(
                Dashboard.of(
                    DashboardSource.warmer("w", warmer),
                    DashboardSource.memory(MemoryProfiler.system())),
                "/d")) {
      assertTrue(failed.await(30, TimeUnit.SECONDS));
      place.second();
      JsonNode now = figures(place);
      JsonNode query = source(now, "warmer").get("queries").get(0);
      assertEquals("board", query.get("query").asText());
      assertEquals(1, query.get("failed").asInt());
      assertTrue(query.get("error").asText().contains("no board"), query.toString());
      assertTrue(source(now, "memory").get("heapBytes").asLong() > 0);
      assertTrue(point(now, "memory", "heap used") > 0);
    }
  }
}
