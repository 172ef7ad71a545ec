package dev.tiercel.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes (RFC 9110 §14.1.2).
 *
 * @param from the first byte
 * @param to the last byte; before the first if there is no such byte
 */
record ByteRange(long from, long to) {
  private static final Pattern ONE =
      Pattern.compile("(?i:bytes)\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*");

  /** The range that a field asks for; empty if it is not a single one, and all is to be sent. */
  static Optional<ByteRange> parse(String field, long length) {
    if (field.length() > 100) {
      return Optional.empty();
    }
    Matcher one = ONE.matcher(field.strip());
    if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (one.group(1).isEmpty()) {
      long last = Long.parseLong(one.group(2));
      return Optional.of(new ByteRange(Math.max(0, length - last), length - 1));
    }
    long from = Long.parseLong(one.group(1));
    long to = one.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(one.group(2));
    if (to < from) {
      return Optional.empty();
    }
    return Optional.of(new ByteRange(from, Math.min(to, length - 1)));
  }

  boolean isSatisfiable() {
    return from <= to;
  }

  int count() {
    return (int) (to - from + 1);
  }
}
