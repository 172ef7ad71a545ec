package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On which terms a response is kept, to the second. */
class CacheRulesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final WebRequest REQUEST =
      new WebRequest("GET", "http", "host", "/", HttpFields.none(), "");
  private static final CacheRules PLAIN = rules(Duration.ZERO, 0);

  private static CacheRules rules(Duration ttl, double heuristic) {
    return rules(ttl, heuristic, false);
  }

  private static CacheRules rules(Duration ttl, double heuristic, boolean ignoresCookies) {
    return new CacheRules(
        ttl,
        false,
        heuristic,
        List.of("Tiercel-Cache-Control", "CDN-Cache-Control"),
        "Cache-Tag",
        false,
        ignoresCookies,
        Duration.ofSeconds(3),
        Duration.ofSeconds(4),
        InstantSource.fixed(NOW));
  }

  private static Optional<Terms> terms(CacheRules rules, int status, String... fields) {
    return rules.terms(REQUEST, false, status, HttpFields.of(fields), NOW.minusSeconds(10), false);
  }

  private static Terms kept(CacheRules rules, String... fields) {
    return terms(rules, 200, fields).orElseThrow();
  }

  private static Terms kept(String control) {
    return kept(PLAIN, "Cache-Control", control, "ETag", "\"a\"");
  }

  @ParameterizedTest
  @CsvSource({
    "199, false",
    "200, true",
    "205, true",
    "206, false",
    "207, true",
    "303, true",
    "304, false",
    "305, true",
    "599, true",
    "600, false"
  })
  void onlyFinalStatusesAreKept(int status, boolean isKept) {
    assertEquals(isKept, terms(PLAIN, status, "Cache-Control", "max-age=60").isPresent());
  }

  @Test
  void whatTheHandlerSaysCountsBeforeWhatIsSet() {
    Terms said = kept("max-age=60, stale-while-revalidate=5, stale-if-error=6");
    assertEquals(
        new Terms(60, 10, false, false, 5, 6, false, false, List.of()), said, "said by it");
    assertEquals(
        new Terms(60, 10, false, false, 3, 4, false, false, List.of()), kept("max-age=60"));
    assertEquals(60, kept("max-age=30, s-maxage=60").fresh());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=60 | false | false",
        "max-age=60, public | false | true",
        "max-age=60, must-revalidate | true | true",
        "max-age=60, proxy-revalidate | true | false",
        "s-maxage=60 | true | true",
      })
  void someAreNeverUsedStaleAndSomeAreForEverybody(
      String control, boolean isNeverStale, boolean isShared) {
    Terms terms = kept(control);
    assertEquals(isNeverStale, terms.isNeverStale());
    assertEquals(isNeverStale ? 0 : 3, terms.whileRevalidate());
    assertEquals(isNeverStale ? 0 : 4, terms.ifError());
    assertEquals(isShared, terms.isShared());
    assertFalse(terms.isAlwaysValidated());
    boolean isKept =
        PLAIN
            .terms(REQUEST, true, 200, HttpFields.of("Cache-Control", control), NOW, false)
            .isPresent();
    assertEquals(isShared, isKept, "for somebody whom the server knows");
  }

  @Test
  void whatMustBeValidatedIsKeptIfItCanBe() {
    assertEquals(
        new Terms(0, 10, true, true, 0, 0, false, false, List.of()), kept("no-cache, max-age=60"));
    assertTrue(kept("no-cache").isAlwaysValidated());
    assertEquals(Optional.empty(), terms(PLAIN, 200, "Cache-Control", "no-cache, max-age=60"));
    assertEquals(
        Optional.empty(),
        terms(PLAIN, 200, "Cache-Control", "no-cache", "Last-Modified", "yesterday"));
    assertEquals(
        List.of("A", "B", "C"), kept("max-age=60, no-cache=\"A, B\", private=\"C\"").unkept());
  }

  @Test
  void whatIsTooOldIsKeptOnlyIfItCanBeValidated() {
    // With 4 seconds for errors on top.
    assertTrue(terms(PLAIN, 200, "Cache-Control", "max-age=60", "Age", "53").isPresent());
    assertFalse(terms(PLAIN, 200, "Cache-Control", "max-age=60", "Age", "54").isPresent());
    assertTrue(
        terms(PLAIN, 200, "Cache-Control", "max-age=60", "Age", "54", "ETag", "\"a\"").isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', 10",
    "Sun, '', 30",
    "Sun, 25, 35",
    "Sun, 5, 30",
    "'', 0, 10",
    "'', ' 7 ', 17",
    "'', 1234567890, 1234567900",
    "'', 12345678901, 2147483647",
    "'', 9, 19",
    "'', 1/, 2147483647",
    "'', 1:, 2147483647"
  })
  void theAgeIsTheLongestOfWhatIsKnown(String date, String age, long expected) {
    HttpFields fields = HttpFields.of("Cache-Control", "max-age=60", "ETag", "\"a\"");
    fields = date.isEmpty() ? fields : fields.and("Date", "Sun, 01 Mar 2026 11:59:30 GMT");
    fields = age.isEmpty() ? fields : fields.and("Age", age);
    Terms terms =
        PLAIN.terms(REQUEST, false, 200, fields, NOW.minusSeconds(10), false).orElseThrow();
    assertEquals(expected, terms.age());
  }

  @Test
  void expiresCountsFromTheDate() {
    String date = "Sun, 01 Mar 2026 11:59:55 GMT";
    String later = "Sun, 01 Mar 2026 12:00:55 GMT";
    assertEquals(60, kept(PLAIN, "Expires", later, "Date", date).fresh());
    assertEquals(55, kept(PLAIN, "Expires", later).fresh());
    assertEquals(0, kept(PLAIN, "Expires", date, "ETag", "\"a\"").fresh());
    assertEquals(0, kept(PLAIN, "Expires", "0", "ETag", "\"a\"").fresh());
  }

  @Test
  void aSettingCountsForWhatSaysNothing() {
    Terms set = kept(rules(Duration.ofSeconds(30), 0), "ETag", "\"a\"");
    assertEquals(30, set.fresh());
    assertTrue(set.isConfigured());
    assertFalse(kept("max-age=60").isConfigured());
    assertEquals(1, kept(rules(Duration.ofMillis(500), 0), "ETag", "\"a\"").fresh());
    assertEquals(Optional.empty(), terms(PLAIN, 200, "ETag", "\"a\""));
  }

  @Test
  void aSettingCountsForRequestsWithCookiesOnlyIfTheyAreIgnored() {
    WebRequest request =
        new WebRequest("GET", "http", "host", "/", HttpFields.of("Cookie", "a=b"), "");
    for (boolean ignoresCookies : new boolean[] {false, true}) {
      CacheRules rules = rules(Duration.ofSeconds(30), 0.1, ignoresCookies);
      HttpFields changed = HttpFields.of("Last-Modified", "Sun, 01 Mar 2026 11:50:00 GMT");
      Optional<Terms> set = rules.terms(request, false, 200, changed, NOW, false);
      assertEquals(ignoresCookies, set.isPresent());
      assertTrue(rules.terms(REQUEST, false, 200, changed, NOW, false).isPresent());
      HttpFields said = HttpFields.of("Cache-Control", "max-age=60");
      assertTrue(rules.terms(request, false, 200, said, NOW, false).isPresent(), "said by it");
    }
  }

  @Test
  void aGuessIsAShareOfTheTimeSinceTheLastChange() {
    CacheRules guessing = rules(Duration.ZERO, 0.1);
    String changed = "Sun, 01 Mar 2026 11:50:00 GMT";
    assertEquals(60, kept(guessing, "Last-Modified", changed).fresh());
    assertEquals(
        54,
        kept(guessing, "Last-Modified", changed, "Date", "Sun, 01 Mar 2026 11:59:00 GMT").fresh());
    assertEquals(
        86_400,
        kept(guessing, "Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT").fresh(),
        "a day at most");
    assertEquals(
        0, kept(guessing, "Last-Modified", "Sun, 01 Mar 2026 13:00:00 GMT").fresh(), "in future");
    assertEquals(Optional.empty(), terms(guessing, 302, "Last-Modified", changed));
    assertTrue(
        terms(guessing, 302, "Last-Modified", changed, "Cache-Control", "public").isPresent());
    assertEquals(Optional.empty(), terms(PLAIN, 200, "Last-Modified", changed));
    assertEquals(Optional.empty(), terms(guessing, 200, "ETag", "\"a\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/event-stream", "Text/Event-Stream; charset=utf-8"})
  void eventsAreNotKept(String type) {
    assertEquals(
        Optional.empty(), terms(PLAIN, 200, "Cache-Control", "max-age=60", "Content-Type", type));
    assertTrue(
        terms(PLAIN, 200, "Cache-Control", "max-age=60", "Content-Type", "x" + type).isPresent());
  }

  @Test
  void whatSetsCookiesIsNotKept() {
    for (String name : List.of("Set-Cookie", "Set-Cookie2")) {
      assertEquals(
          Optional.empty(), terms(PLAIN, 200, "Cache-Control", "max-age=60", name, "a=b"), name);
    }
  }

  @Test
  void whatMustBeUnderstoodIsKeptIfItIs() {
    String control = "max-age=60, must-understand, no-store";
    assertTrue(terms(PLAIN, 200, "Cache-Control", control).isPresent());
    assertFalse(terms(PLAIN, 599, "Cache-Control", control).isPresent());
    assertTrue(terms(PLAIN, 599, "Cache-Control", "max-age=60").isPresent());
    assertFalse(terms(PLAIN, 200, "Cache-Control", "max-age=60, no-store").isPresent());
  }

  @Test
  void theMostSpecificFieldCounts() {
    HttpFields both =
        HttpFields.of(
            "Cache-Control",
            "max-age=1",
            "CDN-Cache-Control",
            "max-age=2",
            "Tiercel-Cache-Control",
            "max-age=3");
    CacheRules.Directives said = PLAIN.directives(both);
    assertEquals(3, said.control().seconds("max-age").orElseThrow());
    assertTrue(said.isTargeted());
    CacheRules.Directives plain = PLAIN.directives(HttpFields.of("Cache-Control", "max-age=1"));
    assertEquals(1, plain.control().seconds("max-age").orElseThrow());
    assertFalse(plain.isTargeted());
    assertEquals(
        Optional.empty(),
        terms(
            PLAIN, 200, "CDN-Cache-Control", "public", "Expires", "Sun, 01 Mar 2026 13:00:00 GMT"),
        "beside a targeted field the others are not looked at");
  }
}
