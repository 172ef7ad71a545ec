package dev.tiercel.web;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Writes JSON (RFC 8259), with the commas where they belong. Used by one thread. */
final class DashboardJson {
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
    Json.string(out, name);
    out.append(':');
    begun = false;
    return this;
  }

  DashboardJson value(String text) {
    comma();
    Json.string(out, text);
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

  @Override
  public String toString() {
    return out.toString();
  }
}
