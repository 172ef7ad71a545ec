package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.Tiercel;
import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.PendingWrite;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypedCache;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.web.Bench.Reply;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that a write ends, and what the world outside is told of them. */
class TaggedResponseTest {
  private static final String LATER = "Sun, 01 Mar 2026 13:00:00 GMT";
  private static final String EARLIER = "Sun, 01 Mar 2026 11:00:00 GMT";

  @ParameterizedTest
  @ValueSource(strings = {"task:1", "task:1,task:2", "task:2 task:1", " ,task:1 , ", "a\tb task:1"})
  void aTagThatAHandlerNamesEndsItsResponse(String tags) throws Exception {
    try (Bench bench = Bench.answering(TaggedResponseTest::withTtl, "Cache-Tag", tags)) {
      bench.get("/");
      bench.cache.invalidate(Tag.of("task:3"));
      assertTrue(bench.get("/").isHit());
      bench.cache.invalidate(Tag.of("task:1"));
      assertFalse(bench.get("/").isHit());
    }
  }

  @Test
  void tagsComeInSeveralLinesAndUnderAnotherName() throws Exception {
    try (Bench bench =
        Bench.answering(
            builder -> builder.ttl(Duration.ofSeconds(30)).tagField("X-Shows"),
            "X-Shows",
            "a",
            "x-shows",
            "b")) {
      assertEquals("", bench.get("/").field("X-Shows"));
      bench.cache.invalidate(Tag.of("b"));
      assertFalse(bench.get("/").isHit());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=60 | no-cache",
        "public, s-maxage=60, stale-while-revalidate=5 | no-cache",
        "private, max-age=60 | private, no-cache",
        "no-store | no-store"
      })
  void outsideItIsToBeValidatedEachTime(String control, String visible) throws Exception {
    try (Bench bench =
        Bench.answering(
            TaggedResponseTest::withTtl,
            "Cache-Control",
            control,
            "CDN-Cache-Control",
            "x=1, foo",
            "Expires",
            LATER,
            "Cache-Tag",
            "a")) {
      for (int i = 0; i < 2; i++) {
        Reply reply = bench.get("/");
        assertEquals("", reply.field("Cache-Tag"));
        assertEquals("", reply.field("Expires"));
        assertEquals("", reply.field("CDN-Cache-Control"));
      }
    }
    try (Bench bench =
        Bench.answering(TaggedResponseTest::withTtl, "Cache-Control", control, "Cache-Tag", "a")) {
      for (int i = 0; i < 2; i++) {
        assertEquals(visible, bench.get("/").field("Cache-Control"));
      }
    }
  }

  @Test
  void theTimeInsideIsNotToldOutside() throws Exception {
    try (Bench bench = Bench.answering(TaggedResponseTest::withTtl, "Cache-Tag", "a")) {
      Reply first = bench.get("/");
      assertEquals("no-cache", first.field("Cache-Control"));
      bench.pass(10);
      Reply hit = bench.get("/", "If-None-Match", first.field("ETag"));
      assertEquals(304, hit.status());
      assertEquals("no-cache", hit.field("Cache-Control"));
      assertEquals(1, bench.asked.get());
    }
  }

  @Test
  void whatPassesByDoesNotTellItsTagsEither() throws Exception {
    try (Bench bench =
        Bench.answering(
            TaggedResponseTest::withTtl, "Cache-Tag", "a", "Cache-Control", "max-age=60")) {
      for (Reply reply :
          new Reply[] {
            bench.send("POST", "/"),
            bench.send("HEAD", "/x"),
            bench.send("OPTIONS", "/"),
            bench.get("/x", "Cache-Control", "no-store"),
            bench.get("/x", "Range", "bytes=0-1")
          }) {
        assertEquals("", reply.field("Cache-Tag"));
        assertEquals("no-cache", reply.field("Cache-Control"));
      }
    }
  }

  @Test
  void whatAHandlerReadsFromTheCacheItsResponseDependsOn() throws Exception {
    AtomicReference<TypedCache<String>> boards = new AtomicReference<>();
    AtomicInteger loads = new AtomicInteger();
    App app =
        (asked, answer) ->
            answer.text(
                boards.get().get("board", Tag.of("tasks"), () -> "v" + loads.incrementAndGet()));
    try (Bench bench = new Bench(TaggedResponseTest::withTtl, app)) {
      boards.set(bench.cache.typed(String.class));
      Reply first = bench.get("/");
      assertEquals("v1", first.text());
      assertEquals("no-cache", first.field("Cache-Control"));
      assertTrue(bench.get("/").isHit());
      bench.cache.invalidate(Tag.of("tasks"));
      assertEquals("v2", bench.get("/").text());
      bench.cache.invalidateKey("board");
      assertEquals("v3", bench.get("/").text());
      bench.cache.invalidatePrefix("web:");
      assertFalse(bench.get("/").isHit(), "forget all responses");
    }
  }

  @Test
  void soDoesWhatIsNotKeptOfIt() throws Exception {
    AtomicReference<TypedCache<String>> boards = new AtomicReference<>();
    App app =
        (asked, answer) -> {
          String board = boards.get().get("board", Tag.of("tasks"), () -> "board");
          answer.field("Cache-Control", "max-age=60").field("Expires", LATER).text(board);
        };
    try (Bench bench = new Bench(builder -> builder.maxBody(4), app)) {
      boards.set(bench.cache.typed(String.class));
      for (Reply reply :
          new Reply[] {
            bench.send("HEAD", "/"),
            bench.get("/", "Range", "bytes=0-1"),
            bench.get("/", "Cache-Control", "no-store"),
            bench.get("/", "If-Match", "\"a\""),
            bench.get("/", "Authorization", "Basic eDp5"),
            bench.get("/")
          }) {
        assertFalse(reply.isHit());
        assertEquals("no-cache", reply.field("Cache-Control"));
        assertEquals("", reply.field("Expires"));
      }
      assertFalse(bench.responses.dependsOn(Tag.of("a")), "all are done");
    }
  }

  @Test
  void whichOfTwoStatesInOneSecondAClientHasItsDateDoesNotTell() throws Exception {
    AtomicInteger number = new AtomicInteger();
    App app =
        (asked, answer) -> answer.field("Cache-Tag", "a").text("v" + number.incrementAndGet());
    try (Bench bench = new Bench(TaggedResponseTest::withTtl, app)) {
      bench.get("/");
      String date = bench.get("/").field("Date");
      bench.cache.invalidate(Tag.of("a"));
      bench.get("/");
      Reply hit = bench.get("/", "If-Modified-Since", date);
      assertTrue(hit.isHit());
      assertEquals("v2", hit.text());
    }
  }

  @Test
  void norDoesTheDateThatItsHandlerNames() throws Exception {
    AtomicInteger number = new AtomicInteger();
    App app =
        (asked, answer) ->
            answer
                .field("Cache-Tag", "a")
                .field("Last-Modified", EARLIER)
                .text("v" + number.incrementAndGet());
    try (Bench bench = new Bench(TaggedResponseTest::withTtl, app)) {
      bench.get("/");
      bench.cache.invalidate(Tag.of("a"));
      Reply fresh = bench.get("/", "If-Modified-Since", EARLIER);
      assertEquals("v2", fresh.text());
      Reply hit = bench.get("/", "If-Modified-Since", EARLIER);
      assertTrue(hit.isHit());
      assertEquals("v2", hit.text());
      assertEquals(304, bench.get("/", "If-None-Match", hit.field("ETag")).status());
      Reply rest = bench.get("/", "Range", "bytes=1-", "If-Range", EARLIER);
      assertTrue(rest.isHit());
      assertEquals("v2", rest.text(), "all of it: the beginning may be another's");
    }
  }

  @Test
  void whatItOnlyLooksUpForItselfItDoesNot() throws Exception {
    try (Bench bench = Bench.answering(TaggedResponseTest::withTtl, "Vary", "X-Kind")) {
      assertEquals("", bench.get("/").field("Cache-Control"));
      assertEquals("", bench.get("/", "X-Kind", "2").field("Cache-Control"));
      assertEquals("", bench.get("/", "X-Kind", "2").field("Cache-Control"));
    }
  }

  @Test
  void codeThatDoesNotKnowTheResponseNamesTags() throws Exception {
    AtomicReference<ResponseCache> responses = new AtomicReference<>();
    App app =
        (asked, answer) -> {
          assertTrue(responses.get().dependsOn(Tag.of("a")));
          answer.text("x");
        };
    try (Bench bench = new Bench(TaggedResponseTest::withTtl, app)) {
      responses.set(bench.responses);
      bench.get("/");
      assertTrue(bench.get("/").isHit());
      bench.cache.invalidate(Tag.of("a"));
      assertFalse(bench.get("/").isHit());
      assertFalse(bench.responses.dependsOn(Tag.of("a")), "no response here");
    }
  }

  @Test
  void aWriteWhileTheHandlerRunsVoidsWhatItAnswers() throws Exception {
    AtomicReference<TieredCache> cache = new AtomicReference<>();
    App app =
        (asked, answer) -> {
          cache.get().invalidate(Tag.of("a")); // As another thread would.
          answer.field("Cache-Tag", "a").text("x");
        };
    try (Bench bench = new Bench(TaggedResponseTest::withTtl, app)) {
      cache.set(bench.cache);
      bench.get("/");
      assertFalse(bench.get("/").isHit());
      assertEquals(2, bench.responses.stats().unstored());
    }
  }

  @Test
  void besideAWriteUnderWayNothingIsServedOrKept() throws Exception {
    try (Bench bench = Bench.answering(TaggedResponseTest::withTtl, "Cache-Tag", "a")) {
      bench.get("/");
      PendingWrite write = Ledger.of(bench.cache).begin(Tag.of("a"));
      assertFalse(bench.get("/").isHit());
      assertFalse(bench.get("/").isHit());
      write.rolledBack();
      assertTrue(bench.get("/").isHit());
    }
  }

  @Test
  void whatIsVoidIsNotServedStaleEither() throws Exception {
    AtomicInteger number = new AtomicInteger();
    App app =
        (asked, answer) -> {
          boolean isFirst = number.incrementAndGet() == 1;
          answer.status(isFirst ? 200 : 503).field("Cache-Tag", "a");
          answer.field("Cache-Control", "max-age=10, stale-if-error=99, stale-while-revalidate=99");
          answer.text("x");
        };
    try (Bench bench = new Bench(TaggedResponseTest::withTtl, app)) {
      bench.get("/");
      bench.pass(11);
      bench.cache.invalidate(Tag.of("a"));
      assertEquals(503, bench.get("/").status());
    }
  }

  @Test
  void whatWasReadIsNotForgottenWhenAHandlerSaysUnchanged() throws Exception {
    AtomicReference<TypedCache<String>> boards = new AtomicReference<>();
    App app =
        (asked, answer) -> {
          answer.field("ETag", "\"1\"").field("Cache-Control", "max-age=10");
          if (asked.field("If-None-Match").equals("\"1\"")) {
            answer.status(304).length(0).body().close(); // Without looking at what it shows.
          } else {
            answer.text(boards.get().get("board", Tag.of("tasks"), () -> "board"));
          }
        };
    try (Bench bench = new Bench(TaggedResponseTest::withTtl, app)) {
      boards.set(bench.cache.typed(String.class));
      bench.get("/");
      bench.pass(11);
      bench.get("/");
      assertTrue(bench.get("/").isHit());
      bench.cache.invalidate(Tag.of("tasks"));
      assertFalse(bench.get("/").isHit());
    }
  }

  @Test
  void tagsThatAHandlerNamedOutliveItsUnchanged() throws Exception {
    App app =
        (asked, answer) -> {
          answer.field("ETag", "\"1\"").field("Cache-Control", "max-age=10");
          if (asked.field("If-None-Match").equals("\"1\"")) {
            answer.status(304).length(0).body().close();
          } else {
            answer.field("Cache-Tag", "a").text("x");
          }
        };
    try (Bench bench = new Bench(TaggedResponseTest::withTtl, app)) {
      bench.get("/");
      bench.pass(11);
      Reply validated = bench.get("/");
      assertTrue(validated.field("Cache-Status").contains("fwd-status=304"));
      assertEquals("no-cache", validated.field("Cache-Control"));
      assertTrue(bench.get("/").isHit());
      bench.cache.invalidate(Tag.of("a"));
      assertFalse(bench.get("/").isHit());
    }
  }

  @Test
  void aTaskThatIsWrittenDropsThePagesThatShowIt() throws Exception {
    try (Tiercel tiercel = Tiercel.inMemory();
        TestServer server =
            new JdkTestServer(
                ResponseCache.of(tiercel.cache()).ttl(Duration.ofSeconds(30)).build(),
                pages(tiercel.tasks()))) {
      TaskRepository tasks = tiercel.tasks();
      Task mine = tasks.save(Task.titled("Mine").assignedTo("agent-1"));
      tasks.save(Task.titled("Theirs").assignedTo("agent-2"));
      assertEquals("Mine", server.get("/agent-1").body());
      assertEquals("Theirs", server.get("/agent-2").body());
      tasks.save(mine.withTitle("Renamed"));
      HttpResponse<String> renamed = server.get("/agent-1");
      assertEquals("Renamed", renamed.body());
      assertEquals("no-cache", renamed.headers().firstValue("Cache-Control").orElseThrow());
      assertTrue(status(server.get("/agent-2")).contains("hit"), "shows nothing of it");
      assertTrue(status(server.get("/agent-1")).contains("hit"));
    }
  }

  private static String status(HttpResponse<String> response) {
    return response.headers().firstValue("Cache-Status").orElse("");
  }

  private static App pages(TaskRepository tasks) {
    return (asked, answer) ->
        answer.text(
            tasks.find(TaskQuery.forAgent(asked.target().substring(1))).items().stream()
                .map(Task::title)
                .collect(Collectors.joining(",")));
  }

  private static ResponseCacheBuilder withTtl(ResponseCacheBuilder builder) {
    return builder.ttl(Duration.ofSeconds(30));
  }
}
