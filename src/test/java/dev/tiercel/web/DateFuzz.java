package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tiercel.fuzz.FuzzInput;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates of header fields, held against the grammar of RFC 9110 §5.6.7 as patterns. */
public final class DateFuzz {
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
  private static final List<String> DAYS =
      List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
  private static final String MONTH = "(?<month>" + String.join("|", MONTHS) + ")";
  private static final String SHORT = "(?<short>Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
  private static final String LONG = "(?<long>" + String.join("|", DAYS) + ")";
  private static final String TIME = "(?<time>[0-9]{2}:[0-9]{2}:[0-9]{2})";
  private static final List<Pattern> FORMS =
      List.of(
          Pattern.compile(
              SHORT + ", (?<day>[0-9]{2}) " + MONTH + " (?<year>[0-9]{4}) " + TIME + " GMT"),
          Pattern.compile(
              LONG + ", (?<day>[0-9]{2})-" + MONTH + "-(?<year>[0-9]{2}) " + TIME + " GMT"),
          Pattern.compile(
              SHORT + " " + MONTH + " (?<day>[ 0-9][0-9]) " + TIME + " (?<year>[0-9]{4})"));

  private DateFuzz() {}

  /** A text is a date in one of the three forms, with the right day of the week, or none. */
  public static void date(byte[] input) {
    String text = FuzzInput.text(input);
    Optional<Instant> read = HttpDates.parse(text);
    assertEquals(expected(text.strip()), read, text);
    read.ifPresent(time -> assertEquals(read, HttpDates.parse(HttpDates.text(time))));
  }

  private static Optional<Instant> expected(String text) {
    for (Pattern form : FORMS) {
      Matcher date = form.matcher(text);
      if (date.matches()) {
        try {
          return Optional.of(time(date, form.pattern().startsWith(LONG)));
        } catch (DateTimeException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static Instant time(Matcher date, boolean old) {
    int year = Integer.parseInt(date.group("year"));
    LocalDate day =
        LocalDate.of(
            !old ? year : year < 77 ? 2_000 + year : 1_900 + year,
            1 + MONTHS.indexOf(date.group("month")),
            Integer.parseInt(date.group("day").strip()));
    String name = date.group(old ? "long" : "short");
    if (!DAYS.get(day.getDayOfWeek().getValue() - 1).startsWith(name)) {
      throw new DateTimeException("another day of the week");
    }
    return day.atTime(LocalTime.parse(date.group("time"))).toInstant(ZoneOffset.UTC);
  }
}
