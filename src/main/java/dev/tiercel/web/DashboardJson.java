package dev.tiercel.web;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Writes JSON (RFC 8259), with the commas where they belong. Used by one thread. */
final class DashboardJson {
  private static final String HEX = "0123456789abcdef";
  private static final double EXACT = 1e4;

  private final StringBuilder out = new StringBuilder();
  private boolean begun; // Whether a comma is due before what comes next.

  DashboardJson object() {
    return open('{');
  }

  DashboardJson endObject() {
    return close('}');
  }

  DashboardJson array() {
    return open('[');
  }

  DashboardJson endArray() {
    return close(']');
  }

  DashboardJson name(String name) {
    comma();
    quoted(name);
    out.append(':');
    begun = false;
    return this;
  }

  DashboardJson value(String text) {
    comma();
    quoted(text);
    return this;
  }

  DashboardJson value(long number) {
    comma();
    out.append(number);
    return this;
  }

  /** A number with four decimals at most; null for what is none. */
  DashboardJson value(double number) {
    comma();
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      out.append("null");
    } else if (Math.abs(number) < 1e12) {
      double rounded = Math.round(number * EXACT) / EXACT;
      if (rounded == Math.rint(rounded)) {
        out.append((long) rounded);
      } else {
        out.append(rounded);
      }
    } else {
      out.append(number);
    }
    return this;
  }

  DashboardJson value(boolean truth) {
    return raw(truth ? "true" : "false");
  }

  /** What is JSON already. */
  DashboardJson raw(CharSequence json) {
    comma();
    out.append(json);
    return this;
  }

  DashboardJson field(String name, String text) {
    return name(name).value(text);
  }

  DashboardJson field(String name, long number) {
    return name(name).value(number);
  }

  DashboardJson field(String name, double number) {
    return name(name).value(number);
  }

  DashboardJson field(String name, OptionalLong number) {
    return number.isPresent() ? field(name, number.getAsLong()) : name(name).raw("null");
  }

  DashboardJson field(String name, OptionalDouble number) {
    return field(name, number.orElse(Double.NaN));
  }

  private DashboardJson open(char bracket) {
    comma();
    out.append(bracket);
    begun = false;
    return this;
  }

  private DashboardJson close(char bracket) {
    out.append(bracket);
    begun = true;
    return this;
  }

  private void comma() {
    if (begun) {
      out.append(',');
    }
    begun = true;
  }

  private void quoted(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == '"' || unit == '\\') {
        out.append('\\').append(unit);
      } else if (unit < ' ' || unit == '\u2028' || unit == '\u2029' || isHalf(text, i)) {
        escape(unit);
      } else {
        out.append(unit);
      }
    }
    out.append('"');
  }

  /** Half of a pair, which UTF-8 cannot hold. */
  private static boolean isHalf(String text, int at) {
    char unit = text.charAt(at);
    if (Character.isHighSurrogate(unit)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(unit)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  private void escape(char unit) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt((unit >> shift) & 15));
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
