package dev.tiercel.cache;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern as in SQLite's GLOB: {@code *} is any text, {@code ?} one character, {@code [a-f]} one
 * of a set and {@code [^a-f]} one outside it; everything else stands for itself, and case matters.
 * A bracket that is never closed matches nothing, as there.
 *
 * @see <a href="https://www.sqlite.org/lang_expr.html#glob">SQLite, the GLOB operator</a>
 */
final class Glob {
  private interface One {
    boolean matches(int codePoint);
  }

  private static final One ANY_TEXT = codePoint -> true;

  private final String text;
  private final List<One> parts = new ArrayList<>();
  private final String literal; // What every match begins with.
  private boolean impossible;

  private Glob(String text) {
    this.text = text;
    int[] points = text.codePoints().toArray();
    int plain = 0;
    boolean plainSoFar = true;
    for (int i = 0; i < points.length; ) {
      int point = points[i];
      if (point == '*') {
        plainSoFar = false;
        parts.add(ANY_TEXT);
        i++;
      } else if (point == '?') {
        plainSoFar = false;
        parts.add(any -> true);
        i++;
      } else if (point == '[') {
        plainSoFar = false;
        i = set(points, i + 1);
      } else {
        parts.add(other -> other == point);
        plain += plainSoFar ? Character.charCount(point) : 0;
        i++;
      }
    }
    literal = text.substring(0, plain);
  }

  static Glob of(String pattern) {
    return new Glob(pattern);
  }

  /** A pattern for everything that begins with a text. */
  static Glob prefix(String prefix) {
    StringBuilder pattern = new StringBuilder();
    prefix
        .chars()
        .forEach(
            unit -> {
              boolean special = unit == '*' || unit == '?' || unit == '[';
              pattern.append(special ? "[" : "").append((char) unit).append(special ? "]" : "");
            });
    return new Glob(pattern.append('*').toString());
  }

  /** Reads a set behind its bracket; returns where the pattern goes on. */
  private int set(int[] points, int from) {
    int i = from;
    boolean inverted = i < points.length && points[i] == '^';
    i += inverted ? 1 : 0;
    List<int[]> ranges = new ArrayList<>();
    if (i < points.length
        && points[i] == ']') { // The first one is a member, but no end of a range.
      ranges.add(new int[] {']', ']'});
      i++;
    }
    int before = 0; // Where a range may begin; 0 if none may.
    while (i < points.length && points[i] != ']') {
      boolean range =
          points[i] == '-' && before > 0 && i + 1 < points.length && points[i + 1] != ']';
      int last = points[range ? i + 1 : i];
      ranges.add(new int[] {range ? before : last, last});
      before = range ? 0 : last;
      i += range ? 2 : 1;
    }
    impossible |= i >= points.length;
    parts.add(point -> ranges.stream().anyMatch(r -> r[0] <= point && point <= r[1]) != inverted);
    return i + 1;
  }

  /** Walks back to the last star only: what an earlier one could take, the last can take too. */
  boolean matches(String key) {
    if (impossible || !key.startsWith(literal)) {
      return false;
    }
    int at = 0;
    int part = 0;
    int starPart = -1;
    int starAt = 0;
    while (at < key.length()) {
      int point = key.codePointAt(at);
      if (part < parts.size() && parts.get(part) == ANY_TEXT) {
        starPart = part++;
        starAt = at;
      } else if (part < parts.size() && parts.get(part).matches(point)) {
        part++;
        at += Character.charCount(point);
      } else if (starPart >= 0) {
        part = starPart + 1;
        starAt += Character.charCount(key.codePointAt(starAt));
        at = starAt;
      } else {
        return false;
      }
    }
    while (part < parts.size() && parts.get(part) == ANY_TEXT) {
      part++;
    }
    return part == parts.size();
  }

  @Override
  public String toString() {
    return text;
  }
}
