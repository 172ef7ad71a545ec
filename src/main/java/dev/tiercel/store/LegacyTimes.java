package dev.tiercel.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a time as Python's {@code datetime.isoformat()} writes it, to the microsecond: any
 * timespec, a T or a space, an offset down to microseconds or none, which means UTC.
 *
 * <p>See <a href="https://docs.python.org/3/library/datetime.html">the datetime module</a>. Offsets
 * are reckoned by hand, because {@link ZoneOffset} ends at 18 hours and whole seconds.
 */
final class LegacyTimes {
  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4})-(\\d\\d)-(\\d\\d)[T ](\\d\\d)(?::(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9}))?)?)?"
              + "(?:Z|([+-])(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9}))?)?)?");

  private LegacyTimes() {}

  /**
   * Parses a time.
   *
   * @throws DateTimeException if the text is none
   */
  static Instant parse(String text) {
    Matcher iso = ISO.matcher(text);
    if (!iso.matches()) {
      throw new DateTimeException("not an ISO-8601 time: \"" + text + "\"");
    }
    LocalDateTime local =
        LocalDateTime.of(
            number(iso.group(1)),
            number(iso.group(2)),
            number(iso.group(3)),
            number(iso.group(4)),
            number(iso.group(5)),
            number(iso.group(6)));
    Instant utc =
        local.toInstant(ZoneOffset.UTC).plus(micros(iso.group(7), text), ChronoUnit.MICROS);
    if (iso.group(8) == null) {
      return utc;
    }
    long seconds =
        number(iso.group(9)) * 3_600L + number(iso.group(10)) * 60L + number(iso.group(11));
    if (seconds >= 86_400 || number(iso.group(10)) > 59 || number(iso.group(11)) > 59) {
      throw new DateTimeException("no offset from UTC is that large: \"" + text + "\"");
    }
    long offset = seconds * 1_000_000 + micros(iso.group(12), text);
    return utc.plus(iso.group(8).equals("-") ? offset : -offset, ChronoUnit.MICROS);
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static long micros(@Nullable String fraction, String text) {
    if (fraction == null) {
      return 0;
    }
    String nine = (fraction + "00000000").substring(0, 9);
    if (!nine.endsWith("000")) {
      throw new DateTimeException("finer than a microsecond: \"" + text + "\"");
    }
    return Long.parseLong(nine.substring(0, 6));
  }
}
