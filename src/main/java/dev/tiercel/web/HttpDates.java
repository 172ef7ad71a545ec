package dev.tiercel.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The three forms of a date in a header field (RFC 9110 §5.6.7), and no other: what comes close may
 * be another time. Never throws.
 */
final class HttpDates {
  private static final DateTimeFormatter FIXED = form("EEE, dd MMM uuuu HH:mm:ss 'GMT'");

  /** Two digits of a year are those of the hundred that begin here. */
  private static final int OLDEST = 1977;

  private static final DateTimeFormatter RFC_850 =
      new DateTimeFormatterBuilder()
          .appendPattern("EEEE, dd-MMM-")
          .appendValueReduced(ChronoField.YEAR, 2, 2, OLDEST)
          .appendPattern(" HH:mm:ss 'GMT'")
          .toFormatter(Locale.US);

  private static final List<DateTimeFormatter> FORMS =
      List.of(FIXED, RFC_850, form("EEE MMM ppd HH:mm:ss uuuu"));

  private HttpDates() {}

  private static DateTimeFormatter form(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.US);
  }

  static Optional<Instant> parse(String text) {
    if (text.length() > 40) {
      return Optional.empty();
    }
    for (DateTimeFormatter form : FORMS) {
      try {
        return Optional.of(LocalDateTime.parse(text.strip(), form).toInstant(ZoneOffset.UTC));
      } catch (DateTimeException e) {
        // Perhaps in the next form.
      }
    }
    return Optional.empty();
  }

  /** The date of a field that may be there once; empty if it is not there, or not a date. */
  static Optional<Instant> of(HttpFields fields, String name) {
    return fields.joined(name).flatMap(HttpDates::parse);
  }

  static String text(Instant time) {
    return FIXED.format(time.atOffset(ZoneOffset.UTC));
  }
}
