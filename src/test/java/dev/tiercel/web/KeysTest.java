package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.web.Bench.Reply;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests mean the same, and which do not. */
class KeysTest {
  private static final UnaryOperator<ResponseCacheBuilder> PLAIN = UnaryOperator.identity();

  private static Bench varying(UnaryOperator<ResponseCacheBuilder> described, String vary) {
    return Bench.answering(described, "Cache-Control", "max-age=60", "Vary", vary);
  }

  private static Bench plain(UnaryOperator<ResponseCacheBuilder> described) {
    return Bench.answering(described, "Cache-Control", "max-age=60");
  }

  @ParameterizedTest
  @CsvSource({
    "/a?x=1&y=2, /a?y=2&x=1, true",
    "/a?x=1, /a?x=2, false",
    "/a?x=1&x=2, /a?x=2&x=1, false",
    "/a?x=1, /a?X=1, false",
    "/a, /a?, true",
    "/a, /A, false",
    "/a, /a/, false",
    "/a?x, /a?x=, false",
    "/a?x=1&y=2, /a?x=1%26y=2, false",
    "/a?b, /a%3Fb, false"
  })
  void targets(String one, String other, boolean isSame) throws Exception {
    try (Bench bench = plain(PLAIN)) {
      bench.get(one);
      assertEquals(isSame, bench.get(other).isHit());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http, host, true", "https, host, false", "http, other, false", "http, HOST, true",
    "http, host:80, true", "http, host:81, false", "https, host:80, false", "http, '', false"
  })
  void hosts(String scheme, String host, boolean isSame) throws Exception {
    try (Bench bench = plain(PLAIN)) {
      bench.get("/");
      WebRequest request = new WebRequest("GET", scheme, host, "/", HttpFields.none(), "127.0.0.1");
      assertEquals(isSame, bench.send(request).isHit());
    }
  }

  @Test
  void someParametersMeanNothing() throws Exception {
    try (Bench bench = plain(builder -> builder.ignoreQuery("utm_source"))) {
      bench.get("/?utm_source=a&x=1");
      assertTrue(bench.get("/?x=1&utm_source=b").isHit());
      assertTrue(bench.get("/?x=1").isHit());
      assertFalse(bench.get("/?utm_source=a&x=2").isHit());
    }
  }

  @Test
  void responsesVaryByTheFieldsThatTheyName() throws Exception {
    try (Bench bench = varying(PLAIN, "Accept-Language, X-Kind")) {
      bench.get("/", "Accept-Language", "de", "X-Kind", "1");
      assertFalse(bench.get("/", "Accept-Language", "en", "X-Kind", "1").isHit());
      assertFalse(bench.get("/", "Accept-Language", "de").isHit());
      assertFalse(bench.get("/").isHit());
      assertFalse(bench.get("/", "Accept-Language", "").isHit(), "empty is not absent");
      assertTrue(bench.get("/", "Accept-Language", "de", "X-Kind", "1", "X-Other", "2").isHit());
      assertTrue(bench.get("/", "accept-language", "en", "x-kind", "1").isHit());
      assertTrue(bench.get("/").isHit());
      Reply miss = bench.get("/", "Accept-Language", "fr");
      assertTrue(miss.field("Cache-Status").startsWith("Tiercel; fwd=vary-miss"));
    }
  }

  @Test
  void severalLinesAndSpacesAroundCommasAreNoDifference() throws Exception {
    try (Bench bench = varying(PLAIN, "Accept-Language")) {
      bench.get("/", "Accept-Language", "de", "Accept-Language", "en");
      assertTrue(bench.get("/", "Accept-Language", "de ,en").isHit());
      assertFalse(bench.get("/", "Accept-Language", "en, de").isHit());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "Accept, *", ", *", "*, *", "Not A Name", "\"quoted\""})
  void whatVariesByWhatNobodyKnowsIsNotKept(String vary) throws Exception {
    try (Bench bench = varying(PLAIN, vary)) {
      bench.get("/");
      assertFalse(bench.get("/").isHit());
    }
  }

  @Test
  void aHandlerThatChangesItsMindIsBelieved() throws Exception {
    App app =
        (asked, answer) -> {
          if (asked.field("X-Mode").equals("b")) {
            answer.field("Vary", "X-Mode, X-B");
          } else {
            answer.field("Vary", "X-Mode");
          }
          answer
              .field("Cache-Control", "max-age=60")
              .text(asked.field("X-Mode") + asked.field("X-B"));
        };
    try (Bench bench = new Bench(PLAIN, app)) {
      for (int i = 0; i < 2; i++) {
        assertEquals("a", bench.get("/", "X-Mode", "a").text());
        assertEquals("b1", bench.get("/", "X-Mode", "b", "X-B", "1").text());
        assertEquals("b2", bench.get("/", "X-Mode", "b", "X-B", "2").text());
      }
      assertEquals(3, bench.asked.get());
    }
  }

  @Test
  void theNewestOfThoseThatFitIsUsed() throws Exception {
    App app =
        (asked, answer) -> {
          boolean isFirst = asked.field("X-First").equals("1");
          answer.field("Vary", isFirst ? "X-A" : "X-B").field("Cache-Control", "max-age=60");
          answer.text(isFirst ? "first" : "second");
        };
    try (Bench bench = new Bench(PLAIN, app)) {
      assertEquals("first", bench.get("/", "X-First", "1").text());
      bench.pass(1);
      assertEquals("second", bench.get("/", "Cache-Control", "no-cache").text());
      assertEquals("second", bench.get("/").text());
    }
  }

  @Test
  void theApplicationMayKnowMoreThanItsHandlersSay() throws Exception {
    try (Bench bench = plain(builder -> builder.keyFields("X-Forwarded-Host"))) {
      bench.get("/", "X-Forwarded-Host", "a");
      assertFalse(bench.get("/", "X-Forwarded-Host", "b").isHit());
      assertTrue(bench.get("/", "x-forwarded-host", "a").isHit());
    }
  }

  @Test
  void methodsDoNotMix() throws Exception {
    try (Bench bench = plain(PLAIN)) {
      bench.get("/");
      for (String method : new String[] {"POST", "OPTIONS", "TRACE", "get", "PROPFIND"}) {
        assertFalse(bench.send(method, "/").isHit(), method);
      }
    }
  }
}
