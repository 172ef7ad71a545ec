package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.web.Bench.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Conditions, of clients and towards handlers, and ranges (RFC 9110 §13 and §14, RFC 9111 §4.3).
 */
class ValidationTest {
  private static final UnaryOperator<ResponseCacheBuilder> PLAIN = UnaryOperator.identity();
  private static final String CHANGED = "Sun, 01 Mar 2026 11:00:00 GMT";

  @Test
  void aBodyIsGivenAStrongTagIfItHasNone() throws Exception {
    AtomicInteger number = new AtomicInteger();
    App app =
        (asked, answer) ->
            answer
                .field("Cache-Control", "max-age=10")
                .field("Content-Type", asked.target().equals("/html") ? "text/html" : "text/plain")
                .text(number.incrementAndGet() > 2 ? "new" : "old");
    try (Bench bench = new Bench(PLAIN, app)) {
      String tag = bench.get("/").field("ETag");
      assertTrue(tag.matches("\"[A-Za-z0-9_-]{22}\""), tag);
      assertNotEquals(tag, bench.get("/html").field("ETag"), "means something else");
      Reply unchanged = bench.get("/", "If-None-Match", tag);
      assertEquals(304, unchanged.status());
      assertEquals(tag, unchanged.field("ETag"));
      assertEquals("", unchanged.field("Content-Type"));
      assertEquals("", unchanged.text());
      bench.pass(11);
      Reply changed = bench.get("/", "If-None-Match", tag);
      assertEquals("new", changed.text());
      assertEquals(304, bench.get("/", "If-None-Match", changed.field("ETag")).status());
    }
  }

  @Test
  void theFirstToAskMayHaveItAlready() throws Exception {
    try (Bench bench =
        Bench.answering(PLAIN, "Cache-Control", "max-age=10", "ETag", "\"a\"", "X-A", "b")) {
      Reply reply = bench.get("/", "If-None-Match", "\"a\"");
      assertEquals(304, reply.status());
      assertEquals("b", reply.field("X-A"));
      assertEquals("body", bench.get("/").text());
      assertEquals(1, bench.asked.get());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"a\" | 304",
        "W/\"a\" | 304",
        "\"b\", \"a\" | 304",
        "\"b\",\"a\",\"c\" | 304",
        "* | 304",
        "\"b\" | 200",
        "\"A\" | 200",
        "a | 200",
        "\"a | 200",
        ", , | 200"
      })
  void tagsAreComparedAsTheyStand(String tags, int status) throws Exception {
    try (Bench bench = Bench.answering(PLAIN, "Cache-Control", "max-age=10", "ETag", "\"a\"")) {
      bench.get("/");
      assertEquals(status, bench.get("/", "If-None-Match", tags).status());
      assertEquals(
          status,
          bench.get("/", "If-None-Match", tags, "If-Modified-Since", CHANGED).status(),
          "a date does not count beside tags");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 01 Mar 2026 11:00:00 GMT | 304",
        "Sun, 01 Mar 2026 11:00:01 GMT | 304",
        "Sunday, 01-Mar-26 11:00:00 GMT | 304",
        "Sun, 01 Mar 2026 10:59:59 GMT | 200",
        "yesterday | 200"
      })
  void datesAreCompared(String date, int status) throws Exception {
    try (Bench bench =
        Bench.answering(PLAIN, "Cache-Control", "max-age=10", "Last-Modified", CHANGED)) {
      bench.get("/");
      assertEquals(status, bench.get("/", "If-Modified-Since", date).status());
    }
  }

  /** Has a version, and answers conditions as a good handler does. */
  private static App versioned(AtomicInteger version, List<String> seen, String control) {
    return (asked, answer) -> {
      String tag = "\"v" + version.get() + '"';
      seen.add(asked.field("If-None-Match") + '|' + asked.field("If-Modified-Since"));
      answer.field("ETag", tag).field("Cache-Control", control).field("X-Seen", "" + seen.size());
      if (asked.field("If-None-Match").equals(tag)) {
        answer.status(304).length(0).body().close();
      } else {
        answer.field("X-Only-Full", "1").field("Content-Type", "text/plain").text(tag);
      }
    };
  }

  @Test
  void aHandlerIsAskedWhetherWhatIsStaleIsUnchanged() throws Exception {
    AtomicInteger version = new AtomicInteger(1);
    List<String> seen = new ArrayList<>();
    try (Bench bench = new Bench(PLAIN, versioned(version, seen, "max-age=10"))) {
      assertEquals("1", bench.get("/").field("X-Seen"));
      bench.pass(11);
      Reply validated = bench.get("/");
      assertEquals(200, validated.status());
      assertEquals("\"v1\"", validated.text());
      assertEquals("2", validated.field("X-Seen"), "fields of the 304");
      assertEquals("1", validated.field("X-Only-Full"), "and those that it does not name");
      assertTrue(validated.field("Cache-Status").contains("fwd=stale; fwd-status=304; stored"));
      assertTrue(bench.get("/").isHit(), "fresh again");
      assertEquals("2", bench.get("/").field("X-Seen"));
      bench.pass(11);
      assertEquals(304, bench.get("/", "If-None-Match", "\"v1\"").status());
      bench.pass(11);
      version.set(2);
      assertEquals("\"v2\"", bench.get("/", "If-None-Match", "\"v1\"").text());
      assertEquals(List.of("|", "\"v1\"|", "\"v1\"|", "\"v1\"|"), seen);
      assertEquals(2, bench.responses.stats().revalidated());
    }
  }

  @Test
  void noCacheMeansToAskEachTime() throws Exception {
    AtomicInteger version = new AtomicInteger(1);
    List<String> seen = new ArrayList<>();
    try (Bench bench = new Bench(PLAIN, versioned(version, seen, "no-cache, max-age=60"))) {
      bench.get("/");
      assertEquals("\"v1\"", bench.get("/").text());
      version.set(2);
      assertEquals("\"v2\"", bench.get("/").text());
      assertEquals(List.of("|", "\"v1\"|", "\"v1\"|"), seen);
    }
  }

  @Test
  void aTagOfOurOwnIsNotAskedFor() throws Exception {
    List<String> seen = new ArrayList<>();
    App app =
        (asked, answer) -> {
          seen.add(asked.field("If-None-Match") + '|' + asked.field("If-Modified-Since"));
          answer.field("Cache-Control", "max-age=10").field("Last-Modified", CHANGED).text("x");
        };
    try (Bench bench = new Bench(PLAIN, app)) {
      bench.get("/");
      bench.pass(11);
      bench.get("/", "If-None-Match", "\"mine\"");
      assertEquals(List.of("|", '|' + CHANGED), seen);
    }
  }

  @Test
  void a304ThatNobodyAskedForIsTheClients() throws Exception {
    List<String> seen = new ArrayList<>();
    AtomicInteger version = new AtomicInteger(1);
    try (Bench bench = new Bench(PLAIN, versioned(version, seen, "no-store"))) {
      assertEquals(200, bench.get("/", "If-None-Match", "\"v1\"").status());
      Reply reply = bench.get("/", "If-None-Match", "\"v1\"");
      assertEquals(304, reply.status(), "what is not kept anyway answers its clients itself");
      assertEquals(List.of("|", "\"v1\"|"), seen);
    }
  }

  @Test
  void whatIsStaleIsForgottenAfterAWhile() throws Exception {
    List<String> seen = new ArrayList<>();
    App app = versioned(new AtomicInteger(1), seen, "max-age=10");
    try (Bench bench = new Bench(b -> b.keepStale(Duration.ofSeconds(20)), app)) {
      bench.get("/");
      bench.pass(32);
      bench.get("/");
      assertEquals(List.of("|", "|"), seen);
    }
  }

  @Test
  void headIsAnsweredFromWhatWasKeptForGet() throws Exception {
    try (Bench bench = Bench.answering(PLAIN, "Cache-Control", "max-age=10", "ETag", "\"a\"")) {
      assertFalse(bench.send("HEAD", "/").isHit());
      bench.get("/");
      Reply reply = bench.send("HEAD", "/");
      assertTrue(reply.isHit());
      assertEquals("4", reply.field("Content-Length"));
      assertEquals(304, bench.send("HEAD", "/", "If-None-Match", "\"a\"").status());
      assertEquals(200, bench.send("HEAD", "/", "Range", "bytes=0-1").status());
      bench.pass(11);
      assertFalse(bench.send("HEAD", "/").isHit());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-1 | 206 | bo | bytes 0-1/4",
        "bytes=1- | 206 | ody | bytes 1-3/4",
        "bytes=-1 | 206 | y | bytes 3-3/4",
        "bytes=-9 | 206 | body | bytes 0-3/4",
        "bytes=2-99999999999999999 | 206 | dy | bytes 2-3/4",
        "BYTES=0-0 | 206 | b | bytes 0-0/4",
        "bytes=4- | 416 | '' | bytes */4",
        "bytes=-0 | 416 | '' | bytes */4",
        "bytes=2-1 | 200 | body | ''",
        "bytes=0-0,2-3 | 200 | body | ''",
        "bytes=0-99999999999999999999999 | 200 | body | ''",
        "bytes=x-y | 200 | body | ''",
        "bytes | 200 | body | ''",
        "lines=0-1 | 200 | body | ''"
      })
  void aRangeIsCutFromWhatWasKept(String range, int status, String text, String described)
      throws Exception {
    try (Bench bench = Bench.answering(PLAIN, "Cache-Control", "max-age=10")) {
      bench.get("/");
      Reply reply = bench.get("/", "Range", range);
      assertTrue(reply.isHit());
      assertEquals(status, reply.status());
      assertEquals(text, reply.text());
      assertEquals(described, reply.field("Content-Range"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"a\" | 206",
        "W/\"a\" | 200",
        "\"b\" | 200",
        "Sun, 01 Mar 2026 11:00:00 GMT | 206",
        "Sun, 01 Mar 2026 11:00:01 GMT | 200",
        "rubbish | 200"
      })
  void aRangeMayBeWantedOfOneVersionOnly(String condition, int status) throws Exception {
    try (Bench bench =
        Bench.answering(
            PLAIN, "Cache-Control", "max-age=10", "ETag", "\"a\"", "Last-Modified", CHANGED)) {
      bench.get("/");
      assertEquals(status, bench.get("/", "Range", "bytes=0-1", "If-Range", condition).status());
      assertEquals(304, bench.get("/", "Range", "bytes=0-1", "If-None-Match", "\"a\"").status());
    }
  }

  @Test
  void aRangeOfWhatIsNotKeptIsTheHandlersToCut() throws Exception {
    List<String> seen = new ArrayList<>();
    App app =
        (asked, answer) -> {
          seen.add(asked.field("Range"));
          answer.status(206).field("Cache-Control", "max-age=10").text("bo");
        };
    try (Bench bench = new Bench(PLAIN, app)) {
      assertEquals(206, bench.get("/", "Range", "bytes=0-1").status());
      assertEquals(206, bench.get("/", "Range", "bytes=0-1").status());
      assertEquals(List.of("bytes=0-1", "bytes=0-1"), seen);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {203, 404, 500})
  void conditionsAreOnlyOfWhatWasFound(int status) throws Exception {
    App app =
        (asked, answer) ->
            answer
                .status(status)
                .field("Cache-Control", "max-age=10")
                .field("ETag", "\"a\"")
                .text("body");
    try (Bench bench = new Bench(PLAIN, app)) {
      bench.get("/");
      assertEquals(status, bench.get("/", "If-None-Match", "\"a\"").status());
      assertEquals(status, bench.get("/", "Range", "bytes=0-1").status());
    }
  }
}
