package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.web.Bench.Reply;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a shared cache keeps, and what not (RFC 9111 §3). */
class StoringTest {
  private static final UnaryOperator<ResponseCacheBuilder> PLAIN = UnaryOperator.identity();

  /** How often the handler is asked for the same thing twice. */
  private static int asked(
      UnaryOperator<ResponseCacheBuilder> described, String[] request, String... response)
      throws Exception {
    try (Bench bench = Bench.answering(described, response)) {
      Reply first = bench.get("/", request);
      Reply second = bench.get("/", request);
      assertEquals("body", first.text());
      assertEquals("body", second.text());
      assertEquals(bench.asked.get() == 1, second.isHit());
      return bench.asked.get();
    }
  }

  private static int asked(String... response) throws Exception {
    return asked(PLAIN, new String[0], response);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max-age=60",
        "MAX-AGE=60",
        "s-maxage=60",
        "s-maxage=60, max-age=0",
        "max-age=60, must-revalidate",
        "public, max-age=60",
        "max-age=60, unknown, other=\"no-store\"",
        "max-age=\"60\"",
        "max-age=99999999999999999999",
        "private=\"X-Secret\", max-age=60",
        "no-cache=\"Set-Thing\", max-age=60",
        "max-age=60, must-understand, no-store",
      })
  void whatMayBeKeptIsKept(String control) throws Exception {
    assertEquals(1, asked("Cache-Control", control));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no-store",
        "No-Store, max-age=60",
        "private",
        "private, s-maxage=60",
        "no-cache",
        "no-cache, max-age=60",
        "max-age=0",
        "max-age=-1",
        "max-age=60s",
        "max-age=6 0",
        "max-age =60",
        "max-age= 60",
        "max-age='60'",
        "max-age",
        "max-age=",
        "max-age=60.0",
        "max-age=60, max-age=0",
        "max-age=0, max-age=60",
        "max-age=60, max-age=x",
        "s-maxage=0, max-age=60",
        "ext=\"max-age=60\"",
        "ext=\"max-age=60",
      })
  void whatMayNotBeKeptOrMakesNoSenseIsNot(String control) throws Exception {
    assertEquals(2, asked("Cache-Control", control));
  }

  @Test
  void expiresCountsOnlyWithoutAnAgeLimit() throws Exception {
    String later = "Sun, 01 Mar 2026 12:01:00 GMT";
    String now = "Sun, 01 Mar 2026 12:00:00 GMT";
    assertEquals(1, asked("Expires", later));
    assertEquals(1, asked("Expires", later, "Date", now));
    assertEquals(1, asked("Expires", later, "Date", "nonsense"));
    assertEquals(1, asked("Expires", "Sunday, 01-Mar-26 12:01:00 GMT"));
    assertEquals(1, asked("Expires", "Sun Mar  1 12:01:00 2026"));
    assertEquals(2, asked("Expires", now));
    assertEquals(2, asked("Expires", "0"));
    assertEquals(2, asked("Expires", later, "Date", later), "as old as it is dated");
    assertEquals(2, asked("Expires", later, "Expires", later), "two are none");
    assertEquals(2, asked("Expires", later, "Cache-Control", "max-age=0"));
    assertEquals(1, asked("Expires", now, "Cache-Control", "max-age=60"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"59", "0"})
  void whatIsYoungerThanItsLimitIsKept(String age) throws Exception {
    assertEquals(1, asked("Cache-Control", "max-age=60", "Age", age));
  }

  @ParameterizedTest
  @ValueSource(strings = {"60", "61", "", "x", "-5", "1.0", "1,1", "1;a=b", "99999999999999999999"})
  void whatIsOlderOrOfUnknownAgeIsNot(String age) throws Exception {
    assertEquals(2, asked("Cache-Control", "max-age=60", "Age", age));
  }

  @Test
  void aDateInThePastCountsAsAge() throws Exception {
    assertEquals(1, asked("Cache-Control", "max-age=60", "Date", "Sun, 01 Mar 2026 11:59:30 GMT"));
    assertEquals(2, asked("Cache-Control", "max-age=60", "Date", "Sun, 01 Mar 2026 11:58:00 GMT"));
    assertEquals(1, asked("Cache-Control", "max-age=60", "Date", "Sun, 01 Mar 2026 13:00:00 GMT"));
  }

  @Test
  void aTimeOfTheCacheCountsForWhatSaysNothing() throws Exception {
    assertEquals(1, asked(StoringTest::withTtl, new String[0]));
    assertEquals(2, asked(StoringTest::withTtl, new String[0], "Cache-Control", "no-store"));
    assertEquals(2, asked(StoringTest::withTtl, new String[0], "Cache-Control", "private"));
    assertEquals(2, asked(StoringTest::withTtl, new String[0], "Cache-Control", "max-age=0"));
    assertEquals(2, asked(StoringTest::withTtl, new String[] {"Cookie", "session=1"}));
    assertEquals(
        1, asked(builder -> withTtl(builder).ignoreCookies(), new String[] {"Cookie", "a=1"}));
    assertEquals(2, asked(builder -> withTtl(builder).onlyTagged(), new String[0]));
    assertEquals(
        1, asked(builder -> withTtl(builder).onlyTagged(), new String[0], "Cache-Tag", "a"));
  }

  @Test
  void whatWasKeptForNobodyInParticularIsNotForOneWithACookie() throws Exception {
    try (Bench bench = Bench.answering(StoringTest::withTtl)) {
      bench.get("/");
      assertFalse(bench.get("/", "Cookie", "session=1").isHit());
      assertTrue(bench.get("/").isHit());
    }
  }

  @Test
  void cookiesAreNotSharedUnlessSomebodyWantsIt() throws Exception {
    String[] sets = {"Cache-Control", "max-age=60", "Set-Cookie", "session=1"};
    assertEquals(2, asked(sets));
    assertEquals(1, asked(ResponseCacheBuilder::keepCookies, new String[0], sets));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=60 | 2",
        "public, max-age=60 | 1",
        "s-maxage=60 | 1",
        "max-age=60, must-revalidate | 1",
        "private, max-age=60 | 2"
      })
  void whatIsForSomebodyIsKeptOnlyIfItIsForAll(String control, int times) throws Exception {
    String[] request = {"Authorization", "Basic eDp5"};
    assertEquals(times, asked(PLAIN, request, "Cache-Control", control));
  }

  @Test
  void whoAuthorizesIsNotServedWhatWasKeptForThoseWhoDoNot() throws Exception {
    try (Bench bench = Bench.answering(PLAIN, "Cache-Control", "max-age=60")) {
      bench.get("/");
      assertFalse(bench.get("/", "Authorization", "Basic eDp5").isHit());
      assertTrue(bench.get("/").isHit());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, 1", "203, 1", "204, 1", "299, 1", "301, 1", "302, 1", "307, 1", "404, 1", "410, 1",
    "500, 1", "599, 1", "206, 2", "304, 2", "999, 2"
  })
  void withAFreshnessEveryFinalStatusIsKept(int status, int times) throws Exception {
    assertEquals(times, askedForStatus(PLAIN, status, "Cache-Control", "max-age=60"));
  }

  @ParameterizedTest
  @CsvSource({"200, 1", "301, 1", "404, 2", "410, 2", "302, 2", "401, 2", "500, 2", "503, 2"})
  void withoutOneOnlyWhatLasts(int status, int times) throws Exception {
    assertEquals(times, askedForStatus(StoringTest::withTtl, status));
  }

  @Test
  void thatSomethingIsMissingIsKeptIfAWriteCanEndIt() throws Exception {
    assertEquals(1, askedForStatus(StoringTest::withTtl, 404, "Cache-Tag", "task:42"));
  }

  @Test
  void anUnknownStatusMustBeUnderstoodWhereItIsSaid() throws Exception {
    assertEquals(
        2, askedForStatus(PLAIN, 599, "Cache-Control", "max-age=60, must-understand, no-store"));
  }

  private static int askedForStatus(
      UnaryOperator<ResponseCacheBuilder> described, int status, String... fields)
      throws Exception {
    App app =
        (asked, answer) -> {
          for (int i = 0; i < fields.length; i += 2) {
            answer.field(fields[i], fields[i + 1]);
          }
          answer.status(status).length(0).body().close();
        };
    try (Bench bench = new Bench(described, app)) {
      for (int i = 0; i < 2; i++) {
        assertEquals(status, bench.get("/").status());
      }
      return bench.asked.get();
    }
  }

  @Test
  void eventsReachTheirClientAsTheyHappen() throws Exception {
    AtomicInteger written = new AtomicInteger();
    App app =
        (asked, answer) -> {
          try (OutputStream out =
              answer.field("Content-Type", "text/event-stream;charset=utf-8").body()) {
            for (int i = 1; i <= 3; i++) {
              out.write("data: x\n\n".getBytes(StandardCharsets.UTF_8));
              assertTrue(written.get() >= i);
            }
          }
        };
    try (Bench bench = new Bench(StoringTest::withTtl, app)) {
      bench.client = written::incrementAndGet;
      bench.get("/");
      written.set(0);
      assertFalse(bench.get("/").isHit());
    }
  }

  @Test
  void guessesAreMadeOnlyOnRequest() throws Exception {
    String[] changed = {"Last-Modified", "Sat, 28 Feb 2026 12:00:00 GMT"};
    assertEquals(2, asked(changed));
    assertEquals(1, asked(builder -> builder.heuristic(0.1), new String[0], changed));
  }

  @Test
  void targetedFieldsComeBeforeTheOthers() throws Exception {
    assertEquals(1, asked("CDN-Cache-Control", "max-age=60", "Cache-Control", "no-store"));
    assertEquals(2, asked("CDN-Cache-Control", "no-store", "Cache-Control", "max-age=60"));
    assertEquals(2, asked("Tiercel-Cache-Control", "no-store", "CDN-Cache-Control", "max-age=60"));
    assertEquals(1, asked("CDN-Cache-Control", "max-age=x y", "Cache-Control", "max-age=60"));
    assertEquals(2, asked("CDN-Cache-Control", "MAX-AGE=60"), "no dictionary");
  }

  @Test
  void whatIsForThisCacheGoesNoFurther() throws Exception {
    try (Bench bench =
        Bench.answering(
            PLAIN, "Tiercel-Cache-Control", "max-age=60", "CDN-Cache-Control", "max-age=5")) {
      for (int i = 0; i < 2; i++) {
        Reply reply = bench.get("/");
        assertEquals("", reply.field("Tiercel-Cache-Control"));
        assertEquals("max-age=5", reply.field("CDN-Cache-Control"));
      }
    }
  }

  @Test
  void fieldsOfTheConnectionAreNotKept() throws Exception {
    try (Bench bench =
        Bench.answering(
            PLAIN,
            "Cache-Control",
            "max-age=60, no-cache=\"X-Once\", private=\"X-Mine\"",
            "Connection",
            "X-Hop, close",
            "Keep-Alive",
            "timeout=5",
            "X-Hop",
            "1",
            "X-Once",
            "2",
            "X-Mine",
            "3",
            "X-Kept",
            "4")) {
      assertEquals("2", bench.get("/").field("X-Once"));
      Reply hit = bench.get("/");
      assertTrue(hit.isHit());
      for (String gone : List.of("Connection", "Keep-Alive", "X-Hop", "X-Once", "X-Mine")) {
        assertEquals("", hit.field(gone), gone);
      }
      assertEquals("4", hit.field("X-Kept"));
    }
  }

  @Test
  void requestsThatAreMoreThanTheirHeadGoBy() throws Exception {
    try (Bench bench = Bench.answering(PLAIN, "Cache-Control", "max-age=60")) {
      bench.get("/");
      for (String[] fields :
          new String[][] {
            {"Content-Length", "5"},
            {"Transfer-Encoding", "chunked"},
            {"If-Match", "\"a\""},
            {"If-Unmodified-Since", "Sun, 01 Mar 2026 12:01:00 GMT"},
            {"Upgrade", "websocket"},
            {"Cache-Control", "no-store"}
          }) {
        assertFalse(bench.get("/", fields).isHit(), fields[0]);
      }
      assertTrue(bench.get("/", "Content-Length", "0").isHit());
      assertTrue(bench.get("/", "Upgrade", "h2c").isHit(), "as the JDK's client says each time");
    }
  }

  private static ResponseCacheBuilder withTtl(ResponseCacheBuilder builder) {
    return builder.ttl(Duration.ofSeconds(30));
  }
}
