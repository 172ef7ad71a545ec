package dev.tiercel.cache;

import java.util.Objects;

/**
 * A key that is cheaper to make than its text: a small record, say. A hit does not ask for its
 * text, unless something was invalidated by key, prefix or pattern since the value was loaded, or
 * the hit is inside a loader.
 *
 * <p>Implementations are immutable, have {@code equals} and {@code hashCode}, and equal keys have
 * the same text. A {@link String} is a key too, and is its own text.
 */
public interface CacheKey {
  /**
   * The text of the key, in segments that are joined by colons.
   *
   * @return the text, not empty, always the same
   */
  String text();

  /**
   * Joins segments that may hold any character: what would look like the border of a segment or
   * like a pattern ({@code : * ? [} and {@code %}) is escaped by a percent sign and two digits.
   *
   * @param segments the segments
   * @return the text, such as {@code tasks:agent:a7}
   */
  static String join(String... segments) {
    StringBuilder text = new StringBuilder(64);
    for (int i = 0; i < segments.length; i++) {
      if (i > 0) {
        text.append(':');
      }
      escape(Objects.requireNonNull(segments[i], "segments must not hold null"), text);
    }
    return text.toString();
  }

  private static void escape(String segment, StringBuilder text) {
    int plain = 0;
    while (plain < segment.length() && isPlain(segment.charAt(plain))) {
      plain++;
    }
    text.append(segment, 0, plain);
    for (int i = plain; i < segment.length(); i++) {
      char unit = segment.charAt(i);
      switch (unit) {
        case ':' -> text.append("%3A");
        case '*' -> text.append("%2A");
        case '?' -> text.append("%3F");
        case '[' -> text.append("%5B");
        case '%' -> text.append("%25");
        default -> text.append(unit);
      }
    }
  }

  private static boolean isPlain(char unit) {
    return unit != ':' && unit != '*' && unit != '?' && unit != '[' && unit != '%';
  }
}
