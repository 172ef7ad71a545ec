package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from header fields, and that no text at all makes that fail. */
class ParsersTest {
  private static final String[] WORDS = {
    "max-age", "s-maxage", "no-cache", "private", "=", "=", ",", ",", ";", "\"", "\\", "(", ")",
        ":",
    "?1", "?0", "60", "-1", "1.5", "99999999999999999999", " ", "\t", "*", "@", "W/", "a", "é",
        "\0",
    "\r\n", "GMT", "Sun, 01 Mar 2026 12:00:00 GMT", "bytes=", "0-1", "-", "😀", "\ud800"
  };

  @Test
  void noTextAtAllIsTooMuch() {
    Random random = new Random(20_261_128);
    for (int i = 0; i < 8_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(12); j > 0; j--) {
        if (random.nextInt(8) == 0) {
          text.append((char) random.nextInt(0x3000));
        } else {
          text.append(WORDS[random.nextInt(WORDS.length)]);
        }
      }
      readAsEverything(text.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {",", "\"", "a=\"", "(", "a=(", ";", "=", "a;b", ":", "9", "\\", "*"})
  void norIsAVeryLongOne(String part) {
    readAsEverything(part.repeat(30_000));
    readAsEverything("a=" + part.repeat(30_000));
  }

  private static void readAsEverything(String text) {
    CacheControl control = CacheControl.parse(text);
    control.seconds("s-maxage", "max-age");
    control.maxStale();
    control.fields("no-cache");
    control.isWhole("private");
    TargetedControl.parse(text);
    HttpDates.parse(text);
    Vary.parse(text);
    ByteRange.parse(text, 10)
        .ifPresent(range -> assertTrue(!range.isSatisfiable() || range.count() > 0));
    HttpFields fields =
        HttpFields.of("If-None-Match", text, "If-Range", text, "ETag", text, "Range", text);
    EntityTags.isUnchanged(fields, fields, false);
    EntityTags.allowsRange(fields, fields, false);
    Outward.kept(HttpFields.of("Connection", text, "A", text), List.of(text));
    new RequestKeys("web", List.of(), Set.of())
        .sameOrigin(new WebRequest("POST", "http", "h", "/a", fields, ""), text);
    StoredResponse.of(List.of(text, text, text, text, text, text, text, text, text, text, text));
    assertFalse(HttpFields.of("A", text).first("A").orElseThrow().matches("(?s).*[\r\n\0].*"));
  }

  @Test
  void directivesOfAnyForm() {
    CacheControl control =
        CacheControl.parse(
            " Max-Age=60 ,, NO-CACHE=\"a, B\" , ext=\"x, s-maxage=5, \\\" , private\", public ");
    assertEquals(60, control.seconds("s-maxage", "max-age").orElseThrow());
    assertEquals(List.of("a", "B"), control.fields("no-cache"));
    assertTrue(control.has("public"));
    assertFalse(control.has("private"));
    assertFalse(control.isWhole("no-cache"));
    assertTrue(CacheControl.parse("private, private=\"a\"").isWhole("private"));
    assertTrue(CacheControl.parse("private=\"\"").isWhole("private"));
    assertEquals(5, CacheControl.parse("max-age=9, max-age=5").seconds("max-age").orElseThrow());
    assertEquals(Integer.MAX_VALUE, CacheControl.parse("max-stale").maxStale());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "max-age=60 | 60",
        "max-age=60, private=?0 | 60",
        "max-age=60;a;b=1;c=\"x\", foo=(1 2;q \"a\") | 60",
        "foo=:YWJj:, max-age=60 | 60",
        "foo=@1659578233, max-age=60 | 60",
        "foo=tok/en:1, max-age=60 | 60",
        "max-age=1, max-age=60 | 60",
        "max-age=60\t,\tfoo | 60",
        "max-age=-1 | 0",
        "max-age=6.5 | 0",
        "max-age=\"60\" | 60",
        "max-age | 0",
        "max-age=60, | none",
        "max-age=60 60 | none",
        "Max-Age=60 | none",
        "max-age=60;A | none",
        "max-age= 60 | none",
        "max-age=1234567890123456 | none",
        "max-age=60, foo=\"é\" | none",
        "max-age=60, foo=\"\\x\" | none",
        "max-age=60, foo=(1 2 | none",
        "max-age=60, foo=:YWJj | none",
        "max-age=60, foo=?2 | none",
        "foo=%\"f%c3%bc\", max-age=60 | 60",
        "foo=%\"f%C3%BC\", max-age=60 | none",
        "foo=%\"f%ff\", max-age=60 | none",
        "foo=%\"f, max-age=60 | none",
        "foo=:Y-Jj:, max-age=60 | none",
        "foo=@1.5, max-age=60 | none",
        "foo=(1\t2), max-age=60 | none",
        "max-age=60;\ta | none",
        "'' | none"
      })
  void targetedFieldsAreDictionaries(String field, String seconds) {
    Optional<CacheControl> control = TargetedControl.parse(field);
    assertEquals(
        seconds,
        control.map(c -> Long.toString(c.seconds("max-age").orElseThrow())).orElse("none"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        " Sun, 06 Nov 1994 08:49:37 GMT "
      })
  void theThreeFormsOfADate(String text) {
    assertEquals(Instant.parse("1994-11-06T08:49:37Z"), HttpDates.parse(text).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 8:49:37 GMT",
        "sun, 06 nov 1994 08:49:37 gmt",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Mon, 31 Feb 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 24:00:00 GMT",
        "Sun Nov  6 24:00:00 1994",
        "1994-11-06T08:49:37Z"
      })
  void noOtherFormIsGuessedAt(String text) {
    assertEquals(Optional.empty(), HttpDates.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"b\"", "\"a\\\", \"b\"", "W/\"a,\" , W/\"b\"", "\"\",\"b\",", " * "})
  void aTagIsFoundAmongTheOthers(String tags) {
    HttpFields request = HttpFields.of("If-None-Match", tags);
    assertTrue(EntityTags.isUnchanged(request, HttpFields.of("ETag", "\"b\""), true));
    assertEquals(
        tags.equals(" * "), EntityTags.isUnchanged(request, HttpFields.of("ETag", "\"c\""), true));
    assertEquals(
        tags.equals(" * "), EntityTags.isUnchanged(request, HttpFields.of("ETag", ""), true));
  }

  @Test
  void namesOfFieldsAreTokens() {
    for (String name : new String[] {"", "a b", "a:", "a\r\n", "é", "a\0"}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> HttpFields.of(name, "x")).getMessage();
      assertFalse(message.matches("(?s).*[\r\n\0].*"));
    }
    assertThrows(IllegalArgumentException.class, () -> HttpFields.of("A"));
  }

  @Test
  void fieldsAreFoundWhateverTheirCase() {
    HttpFields fields = HttpFields.of("A", "1", "b", "2", "a", "3");
    assertEquals(List.of("1", "3"), fields.all("a"));
    assertEquals("1, 3", fields.joined("A").orElseThrow());
    assertEquals(HttpFields.of("b", "2", "A", "4"), fields.with("A", "4"));
    assertEquals(HttpFields.of("b", "2"), fields.without("A"));
    assertEquals(Optional.empty(), fields.joined("c"));
  }

  @Test
  void whatCannotBeSentIsRefusedAtOnce() {
    for (int status : new int[] {-1, 0, 99, 1_000}) {
      assertThrows(
          IllegalArgumentException.class, () -> ResponseHead.of(status, HttpFields.none(), 0));
    }
    assertThrows(IllegalArgumentException.class, () -> ResponseHead.of(200, HttpFields.none(), -2));
  }

  @Test
  void aStoredResponseComesBackAsItWas() {
    Terms terms = new Terms(1, 2, true, false, 3, 4, false, true, List.of("A", "B"));
    StoredResponse response =
        new StoredResponse(
            404,
            HttpFields.of("A", "é", "a", "", "Set-Cookie", "x=y, z"),
            "\0\u00ff,body",
            Instant.ofEpochMilli(5),
            terms,
            true,
            false,
            true);
    List<String> texts = response.toTexts();
    assertEquals(response, StoredResponse.of(texts).orElseThrow());
    for (int i = 0; i < texts.size(); i++) {
      StoredResponse.of(texts.subList(0, i)).ifPresent(r -> assertEquals(0, 1, "cut short"));
    }
  }
}
