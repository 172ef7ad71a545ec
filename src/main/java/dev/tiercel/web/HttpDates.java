package dev.tiercel.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The three forms of a date in a header field (RFC 9110 §5.6.7), and no other: what comes close may
 * be another time. Never throws.
 */
final class HttpDates {
  private static final int LONGEST = 60;
  private static final int FIXED_LENGTH = 29;
  private static final int ASCTIME_LENGTH = 24;

  private static final DateTimeFormatter FIXED = form("EEE, dd MMM uuuu HH:mm:ss 'GMT'");

  /** Two digits of a year are those of the hundred that begin here. */
  private static final int OLDEST = 1977;

  private static final DateTimeFormatter RFC_850 =
      new DateTimeFormatterBuilder()
          .appendPattern("EEEE, dd-MMM-")
          .appendValueReduced(ChronoField.YEAR, 2, 2, OLDEST)
          .appendPattern(" HH:mm:ss 'GMT'")
          .toFormatter(Locale.US)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final DateTimeFormatter ASCTIME = form("EEE MMM ppd HH:mm:ss uuuu");

  private HttpDates() {}

  private static DateTimeFormatter form(String pattern) {
    // Else 24:00:00 would be the next day, and the 31st of February the 28th.
    return DateTimeFormatter.ofPattern(pattern, Locale.US).withResolverStyle(ResolverStyle.STRICT);
  }

  static Optional<Instant> parse(String text) {
    String date = text.length() > LONGEST ? "" : text.strip();
    DateTimeFormatter form = formOf(date);
    if (form == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDateTime.parse(date, form).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /* By a glance: to find out by trying all of them is dear, and anybody can send dates. */
  private static @Nullable DateTimeFormatter formOf(String date) {
    if (date.endsWith(" GMT")) {
      return date.length() == FIXED_LENGTH && date.charAt(3) == ',' ? FIXED : RFC_850;
    }
    return date.length() == ASCTIME_LENGTH && date.charAt(3) == ' ' ? ASCTIME : null;
  }

  /** The date of a field that may be there once; empty if it is not there, or not a date. */
  static Optional<Instant> of(HttpFields fields, String name) {
    return fields.joined(name).flatMap(HttpDates::parse);
  }

  static String text(Instant time) {
    return FIXED.format(time.atOffset(ZoneOffset.UTC));
  }
}
