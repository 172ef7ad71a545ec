package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a response that is kept is of use, and what is kept of it. */
class StoredResponseTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
  private static final String CHANGED = "Sun, 01 Mar 2026 11:00:00 GMT";

  private static Terms terms(boolean isAlwaysValidated, boolean isNeverStale) {
    return new Terms(60, 10, isAlwaysValidated, isNeverStale, 20, 30, false, false, List.of());
  }

  private static StoredResponse response(Terms terms, String... fields) {
    return new StoredResponse(
        200, HttpFields.of(fields), "\u00ffb", AT, terms, false, false, false);
  }

  @Test
  void itGrowsOldFromTheAgeThatItCameWith() {
    StoredResponse response = response(terms(false, false));
    assertEquals(10, response.age(AT));
    assertEquals(15, response.age(AT.plusSeconds(5)));
    assertEquals(10, response.age(AT.minusSeconds(5)));
    assertEquals(45, response.freshFor(AT.plusSeconds(5)));
    assertTrue(response.isFresh(AT.plusSeconds(49)));
    assertFalse(response.isFresh(AT.plusSeconds(50)));
    assertFalse(response(terms(true, false)).isFresh(AT));
  }

  @Test
  void itIsUsedStaleUpToABound() {
    StoredResponse response = response(terms(false, false));
    Instant stale = AT.plusSeconds(60);
    assertTrue(response.isUsable(stale, 10));
    assertFalse(response.isUsable(stale, 9));
    assertTrue(response.isUsable(AT.plusSeconds(51), 1));
    assertFalse(response.isUsable(AT, 0));
    assertFalse(response(terms(false, true)).isUsable(stale, 10));
  }

  @ParameterizedTest
  @CsvSource({"20, 30, 90", "40, 30, 100", "0, 0, 60"})
  void itIsOfUseForTheLongerOfTwoReasons(long whileRevalidate, long ifError, long usable) {
    assertEquals(
        usable,
        new Terms(60, 10, false, false, whileRevalidate, ifError, false, false, List.of())
            .usable());
  }

  @Test
  void itsHandlerIsAskedByWhatItSaidItself() {
    Terms terms = terms(false, false);
    HttpFields request = HttpFields.of("If-None-Match", "\"client\"", "A", "1");
    StoredResponse both = response(terms, "ETag", "\"a\"", "Last-Modified", CHANGED);
    assertEquals(
        HttpFields.of("A", "1", "If-None-Match", "\"a\"", "If-Modified-Since", CHANGED),
        both.condition(request));
    assertTrue(both.canBeValidated());
    StoredResponse neither = response(terms, "Last-Modified", "yesterday");
    assertEquals(request, neither.condition(request));
    assertFalse(neither.canBeValidated());
    assertTrue(response(terms, "Last-Modified", CHANGED).canBeValidated());
    assertTrue(response(terms, "ETag", "\"a\"").canBeValidated());
    HttpFields tagged = HttpFields.of("ETag", "\"a\"");
    assertFalse(
        new StoredResponse(200, tagged, "", AT, terms, false, true, false).canBeValidated(),
        "its handler does not know the tag");
    assertFalse(
        new StoredResponse(200, tagged, "", AT, terms, false, false, true).canBeValidated(),
        "it may have read more to make it");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void everyPropertyComesBack(int only) {
    Terms terms = new Terms(1, 2, only == 0, only == 1, 3, 4, only == 2, only == 3, List.of());
    StoredResponse response =
        new StoredResponse(
            404,
            HttpFields.of("A", "1", "b", ""),
            "body",
            Instant.ofEpochMilli(-5),
            terms,
            only == 4,
            only == 5,
            only == 6);
    assertEquals(Optional.of(response), StoredResponse.of(response.toTexts()));
  }

  @Test
  void oneWithoutFieldsComesBackToo() {
    StoredResponse response = response(terms(false, false));
    assertEquals(Optional.of(response), StoredResponse.of(response.toTexts()));
  }

  @Test
  void bytesAreTheCharactersOfTheBody() {
    assertArrayEquals(new byte[] {-1, 'b'}, response(terms(false, false)).bytes());
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "1, x", "2, x", "3, x", "4, ''", "5, x", "6, x", "7, 0", "9, 1", "9, 3"})
  void whatWasWrittenOtherwiseIsNotRead(int at, String text) {
    List<String> texts =
        new ArrayList<>(response(terms(false, false), "A", "1", "B", "2").toTexts());
    assertTrue(StoredResponse.of(texts).isPresent());
    texts.set(at, text);
    assertEquals(Optional.empty(), StoredResponse.of(texts));
  }

  @Test
  void aTextTooManyIsNotLeftOut() {
    List<String> texts = new ArrayList<>(response(terms(false, false), "A", "1").toTexts());
    texts.add("B");
    assertEquals(Optional.empty(), StoredResponse.of(texts));
  }

  @Test
  void aNameThatIsNoneIsNotRead() {
    List<String> texts = new ArrayList<>(response(terms(false, false), "A", "1").toTexts());
    texts.set(texts.size() - 2, "no name");
    assertEquals(Optional.empty(), StoredResponse.of(texts));
  }
}
