package dev.tiercel.web;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes texts as JSON (RFC 8259). */
final class Json {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private Json() {}

  /**
   * Writes a string with its quotes. What RFC 8259 §7 demands is escaped, and also the two line
   * ends that JavaScript once knew and JSON did not, and halves of pairs, which UTF-8 cannot hold.
   */
  static void string(Appendable out, CharSequence text) throws IOException {
    out.append('"');
    int from = 0;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char unit = text.charAt(i);
      if (Character.isHighSurrogate(unit)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++; // A whole pair.
      } else if (mustEscape(unit)) {
        out.append(text, from, i);
        escape(out, unit);
        from = i + 1;
      }
    }
    out.append(text, from, length).append('"');
  }

  /** Writes a string with its quotes, where that cannot fail. */
  static void string(StringBuilder out, CharSequence text) {
    try {
      string((Appendable) out, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A StringBuilder throws none.
    }
  }

  private static boolean mustEscape(char unit) {
    return unit < ' '
        || unit == '"'
        || unit == '\\'
        || unit == '\u2028'
        || unit == '\u2029'
        || Character.isSurrogate(unit);
  }

  private static void escape(Appendable out, char unit) throws IOException {
    out.append('\\');
    switch (unit) {
      case '"', '\\' -> out.append(unit);
      case '\b' -> out.append('b');
      case '\f' -> out.append('f');
      case '\n' -> out.append('n');
      case '\r' -> out.append('r');
      case '\t' -> out.append('t');
      default -> {
        out.append('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX[(unit >> shift) & 15]);
        }
      }
    }
  }
}
