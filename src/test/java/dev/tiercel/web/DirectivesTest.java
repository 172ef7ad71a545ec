package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Directives, dates and ranges up to each bound of their grammar. */
class DirectivesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "max-age=09 | 9",
        "max-age=00000000000000060 | 60",
        "max-age=1000000000 | 1000000000",
        "max-age=2147483648 | 2147483647",
        "max-age=9999999999 | 2147483647",
        "max-age=10000000000 | 2147483647",
        "max-age=6: | 0",
        "max-age=6/ | 0",
        "max-age= | 0",
        "max-age | 0",
        "max-age=7, max-age=8 | 7",
        "max-age=8, max-age=7 | 7",
        "max-age=8, max-age=x | 0",
        "max-age =8 | 0",
        "max-age= 8 | 0",
      })
  void timesAreSeconds(String control, long seconds) {
    assertEquals(seconds, CacheControl.parse(control).seconds("max-age").orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({"max-stale, 2147483647", "max-stale=5, 5", "max-stale=x, 0", "public, 0"})
  void aClientTakesWhatIsThisStale(String control, long seconds) {
    assertEquals(seconds, CacheControl.parse(control).maxStale());
  }

  @Test
  void aCommaInQuotesEndsNoMember() {
    assertEquals(
        List.of("a=\"x\\\", y\"", "b", "c=\"d"),
        CacheControl.members("a=\"x\\\", y\" ,, b, c=\"d"));
    assertEquals(List.of("a=\"\\"), CacheControl.members("a=\"\\"));
    assertEquals(List.of("a\\", "b"), CacheControl.members("a\\,b"));
    assertEquals(List.of(), CacheControl.members(" , "));
  }

  @Test
  void quotesAreTakenOff() {
    assertEquals("", CacheControl.unquoted("\"\""));
    assertEquals("\"", CacheControl.unquoted("\""));
    assertEquals("", CacheControl.unquoted(""));
    assertEquals("a\"b", CacheControl.unquoted("\"a\\\"b\""));
    assertEquals("a\\", CacheControl.unquoted("\"a\\\""));
    assertEquals("\"a", CacheControl.unquoted("\"a"));
    assertEquals("a\"", CacheControl.unquoted("a\""));
  }

  @Test
  void aDirectiveHoldsForAllOrForFields() {
    CacheControl control = CacheControl.parse("no-cache=\"A, b c, D\", private, =5, Public");
    assertEquals(List.of("A", "D"), control.fields("no-cache"));
    assertFalse(control.isWhole("no-cache"));
    assertTrue(control.isWhole("private"));
    assertFalse(control.isWhole("no-store"));
    assertEquals(List.of(), control.fields("no-store"));
    assertTrue(CacheControl.parse("no-cache= A").isWhole("no-cache"));
    assertTrue(CacheControl.parse("no-cache =A").isWhole("no-cache"));
    assertTrue(control.has("public"));
    assertFalse(control.has("=5"));
    assertEquals("{max-age=60, public=}", CacheControl.parse("max-age=60, public").toString());
    assertEquals(
        5,
        CacheControl.of(HttpFields.of("cache-control", "max-age=5"))
            .seconds("max-age")
            .orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "max-age=123456789012345 | 2147483647",
        "max-age=123456789012.123 | 0",
        "max-age=1234567890123.1 | none",
        "max-age=1.1234 | none",
        "max-age=1. | none",
        "max-age=- | none",
        "foo=-9, max-age=60 | 60",
        "foo=-9.1, max-age=60 | 60",
        "*a_b-c.d*1=1, max-age=60 | 60",
        "az=1, max-age=60 | 60",
        "_a=1, max-age=60 | none",
        "9a=1, max-age=60 | none",
        "`a=1, max-age=60 | none",
        "{a=1, max-age=60 | none",
        "foo=*x, max-age=60 | 60",
        "foo=azAZ09:/!~, max-age=60 | 60",
        "foo=[, max-age=60 | none",
        "foo=, max-age=60 | none",
        "foo=(), max-age=60 | 60",
        "foo=(  1  \"a\"  );a, max-age=60 | 60",
        "foo=(1;b=2 3), max-age=60 | 60",
        "foo=(1\"a\"), max-age=60 | none",
        "foo=(, max-age=60 | none",
        "foo=\"a\\\\\\\"~ !\", max-age=60 | 60",
        "foo=\"a\u007f\", max-age=60 | none",
        "foo=\"a\tb\", max-age=60 | none",
        "foo=\"a\\, max-age=60 | none",
        "foo=::, max-age=60 | 60",
        "foo=:azAZ09+/=:, max-age=60 | 60",
        "foo=:, max-age=60 | none",
        "foo=@-1, max-age=60 | 60",
        "foo=@, max-age=60 | none",
        "foo=%\" ~!\", max-age=60 | 60",
        "foo=%\"a\tb\", max-age=60 | none",
        "foo=%\"%e\", max-age=60 | none",
        "foo=%\"a\u007f\", max-age=60 | none",
        "foo=%\"\u0141\", max-age=60 | none",
        "foo=%\"%20\", max-age=60 | 60",
        "foo=%\"%z4%80%80%80\", max-age=60 | none",
        "max-age=60, foo=%\"% | none",
        "max-age=60, foo=%\"%2 | none",
        "foo=%a, max-age=60 | none",
        "foo=?0, max-age=60 | 60",
        "foo=?, max-age=60 | none",
        "max-age=60;a=?0;b | 60",
        "max-age=60;  a | 60",
        "max-age=60; | none",
        "max-age=60 , foo | 60",
        "max-age=60,,foo | none",
        "max-age=60, max-age=?0, foo | gone",
        "' \t max-age=60 \t ' | 60",
      })
  void dictionariesAreReadToTheLetter(String field, String seconds) {
    Optional<CacheControl> control = TargetedControl.parse(field);
    assertEquals(
        seconds,
        control
            .map(c -> c.has("max-age") ? "" + c.seconds("max-age").orElseThrow() : "gone")
            .orElse("none"));
  }

  @Test
  void aDirectiveOfADictionaryMayBeTrueOrFalseOrNameFields() {
    CacheControl control =
        TargetedControl.parse("private=?1, no-cache=(a \"b\" c;x), public=?0").orElseThrow();
    assertTrue(control.isWhole("private"));
    assertEquals(
        CacheControl.parse("private").toString(),
        TargetedControl.parse("private=?1").orElseThrow().toString());
    assertEquals(List.of("a", "b", "c"), control.fields("no-cache"));
    assertFalse(control.has("public"));
    assertEquals(Optional.empty(), TargetedControl.parse("public=?0"));
  }

  private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";

  @Test
  void spacesAroundADateAreNothingUpToALength() {
    Instant time = Instant.parse("1994-11-06T08:49:37Z");
    assertEquals(Optional.of(time), HttpDates.parse(" ".repeat(60 - DATE.length()) + DATE));
    assertEquals(Optional.empty(), HttpDates.parse(" ".repeat(61 - DATE.length()) + DATE));
    assertEquals(DATE, HttpDates.text(time));
    assertEquals(Optional.of(time), HttpDates.of(HttpFields.of("date", DATE), "Date"));
    assertEquals(Optional.empty(), HttpDates.of(HttpFields.of("date", DATE), "Expires"));
    assertEquals(Optional.empty(), HttpDates.of(HttpFields.of("Date", DATE, "Date", DATE), "Date"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Saturday, 01-Jan-77 00:00:00 GMT | 1977-01-01T00:00:00Z",
        "Friday, 31-Dec-76 23:59:59 GMT | none",
        "Thursday, 31-Dec-76 23:59:59 GMT | 2076-12-31T23:59:59Z",
        "Sat Jan 01 00:00:00 1977 | 1977-01-01T00:00:00Z",
        "Sat Jan  1 00:00:00 1977 | 1977-01-01T00:00:00Z",
        "Sat, 01 Jan 1977 00:00:00 GMT | 1977-01-01T00:00:00Z",
        "GMT | none",
        "abc | none"
      })
  void aYearOfTwoDigitsIsOneOfAHundred(String text, String time) {
    assertEquals(time, HttpDates.parse(text).map(Instant::toString).orElse("none"));
  }

  @Test
  void aRangeIsReadUpToALength() {
    String range = "bytes=0-1";
    String longest = range + " ".repeat(100 - range.length());
    assertEquals(Optional.of(new ByteRange(0, 1)), ByteRange.parse(longest, 10));
    assertEquals(Optional.empty(), ByteRange.parse(longest + " ", 10));
    assertEquals(Optional.of(new ByteRange(9, 9)), ByteRange.parse("bytes=-1", 10));
    assertEquals(Optional.of(new ByteRange(0, 9)), ByteRange.parse("bytes=-11", 10));
    assertEquals(Optional.of(new ByteRange(2, 9)), ByteRange.parse("bytes = 2 - ", 10));
    assertEquals(Optional.of(new ByteRange(3, 3)), ByteRange.parse("Bytes=3-3", 10));
    assertEquals(1, new ByteRange(3, 3).count());
    assertEquals(10, new ByteRange(0, 9).count());
    assertTrue(new ByteRange(3, 3).isSatisfiable());
    assertFalse(new ByteRange(3, 2).isSatisfiable());
    assertEquals(Optional.empty(), ByteRange.parse("bytes=-", 10));
    assertEquals(Optional.empty(), ByteRange.parse("bytes=1234567890123456789-", 10));
    assertEquals(
        Optional.of(new ByteRange(123_456_789_012_345_678L, 9)),
        ByteRange.parse("bytes=123456789012345678-", 10));
  }
}
