package dev.tiercel.task;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What a field of a task may hold; everything else is refused with the value and the remedy. */
final class FieldRules {
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private FieldRules() {}

  /** An id of a task or an agent: one line, so that it can stand in a key, a tag and a log. */
  static String id(String field, String value) {
    text(field, value, Task.MAX_ID_LENGTH, Character::isISOControl);
    return notBlank(field, value);
  }

  static void title(String value) {
    text(
        "title",
        value,
        Task.MAX_TITLE_LENGTH,
        c -> Character.isISOControl(c) && "\t\n\r".indexOf(c) < 0);
    notBlank("title", value);
  }

  /** A free text, as people paste it. Only NUL is refused: to SQLite's functions it ends a text. */
  static void freeText(String field, String value, int maxLength) {
    text(field, value, maxLength, c -> c == 0);
  }

  private static void text(String field, String value, int maxLength, IntPredicate refused) {
    Objects.requireNonNull(value, () -> field + " must not be null");
    if (value.length() > maxLength) {
      throw new InvalidValueException(
          field
              + " has "
              + value.length()
              + " characters, at most "
              + maxLength
              + " are allowed: "
              + shown(value));
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (refused.test(c)) {
        throw new InvalidValueException(
            "%s has the control character U+%04X at index %d; remove it: %s"
                .formatted(field, (int) c, i, shown(value)));
      }
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == value.length()
            || !Character.isLowSurrogate(value.charAt(i + 1))) {
          throw new InvalidValueException(
              "%s has the unpaired surrogate U+%04X at index %d, which UTF-8 cannot hold; remove it: %s"
                  .formatted(field, (int) c, i, shown(value)));
        }
        i++;
      }
    }
  }

  static @Nullable Instant time(String field, @Nullable Instant value) {
    return value == null ? null : requiredTime(field, value);
  }

  /** A bound between microseconds means the next one: no task lies in between. */
  static @Nullable Instant bound(String field, @Nullable Instant value) {
    Instant whole = time(field, value);
    return whole == null || whole.equals(value) ? whole : whole.plus(1, ChronoUnit.MICROS);
  }

  static Instant requiredTime(String field, Instant value) {
    Objects.requireNonNull(value, () -> field + " must not be null");
    if (value.isBefore(EARLIEST) || value.isAfter(LATEST)) {
      throw new InvalidValueException(
          field + " is " + value + "; times from " + EARLIEST + " to " + LATEST + " are allowed");
    }
    return value.truncatedTo(ChronoUnit.MICROS);
  }

  static void notNegative(String field, long value) {
    if (value < 0) {
      throw new InvalidValueException(field + " is " + value + ", it must not be negative");
    }
  }

  private static String notBlank(String field, String value) {
    if (value.isBlank()) {
      throw new InvalidValueException(field + " is blank: " + shown(value) + "; give it a text");
    }
    return value;
  }

  /** The start of a value, with what would garble a log made visible. */
  static String shown(String value) {
    StringBuilder out = new StringBuilder("\"");
    value
        .codePoints()
        .limit(40)
        .forEach(
            c -> {
              if (Character.isISOControl(c)
                  || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                out.append("\\u%04x".formatted(c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.append(value.codePointCount(0, value.length()) > 40 ? "…\"" : "\"").toString();
  }
}
