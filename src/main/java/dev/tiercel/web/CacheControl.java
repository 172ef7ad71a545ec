package dev.tiercel.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The directives of a {@code Cache-Control} field (RFC 9111 §5.2). Reads any text and never throws:
 * what makes no sense is taken for what keeps a response least. Immutable.
 */
final class CacheControl {
  static final CacheControl NONE = new CacheControl(Map.of());

  /* Longer than anything lives; RFC 9111 §1.2.2 has caches take what is longer for it. */
  private static final long LONGEST = Integer.MAX_VALUE;

  private final Map<String, String> directives;

  CacheControl(Map<String, String> directives) {
    this.directives = directives;
  }

  static CacheControl of(HttpFields fields) {
    return parse(fields.joined("Cache-Control").orElse(""));
  }

  /** Reads directives; of several with one name, the shortest time counts. */
  static CacheControl parse(String text) {
    Map<String, String> directives = new LinkedHashMap<>();
    for (String member : members(text)) {
      int equals = member.indexOf('=');
      String name = equals < 0 ? member : member.substring(0, equals);
      String value = equals < 0 ? "" : member.substring(equals + 1);
      // A space beside the sign is an error: the value counts for nothing, but the directive does.
      boolean isSpaced = !name.equals(name.strip()) || !value.equals(value.strip());
      String argument = isSpaced ? "?" : unquoted(value);
      directives.merge(name.strip().toLowerCase(Locale.ROOT), argument, CacheControl::stricter);
    }
    return new CacheControl(directives);
  }

  /** The members of a list, whose commas do not count inside quotes. */
  static List<String> members(String text) {
    List<String> members = new ArrayList<>();
    StringBuilder member = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (quoted && unit == '\\' && i + 1 < text.length()) {
        member.append(unit).append(text.charAt(++i));
      } else if (unit == ',' && !quoted) {
        addUnlessEmpty(members, member);
      } else {
        quoted ^= unit == '"';
        member.append(unit);
      }
    }
    addUnlessEmpty(members, member);
    return members;
  }

  private static void addUnlessEmpty(List<String> members, StringBuilder member) {
    String text = member.toString().strip();
    if (!text.isEmpty()) {
      members.add(text);
    }
    member.setLength(0);
  }

  /** The text in quotes, or the text. */
  static String unquoted(String text) {
    if (text.length() < 2 || text.charAt(0) != '"' || text.charAt(text.length() - 1) != '"') {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 1; i < text.length() - 1; i++) {
      char unit = text.charAt(i);
      plain.append(unit == '\\' && i + 1 < text.length() - 1 ? text.charAt(++i) : unit);
    }
    return plain.toString();
  }

  /* The shorter of two times; otherwise one without an argument, which covers most. */
  private static String stricter(String one, String other) {
    if (isNumber(one) && isNumber(other)) {
      return seconds(one) <= seconds(other) ? one : other;
    }
    return "";
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(unit -> unit >= '0' && unit <= '9');
  }

  private static long seconds(String digits) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    return significant.length() > 10 ? LONGEST : Math.min(LONGEST, Long.parseLong(significant));
  }

  boolean has(String name) {
    return directives.containsKey(name);
  }

  /** Whether it holds for the whole response and not only for fields that it names. */
  boolean isWhole(String name) {
    String value = directives.get(name);
    return value != null && names(value).length == 0;
  }

  /** The fields that a directive names, such as {@code no-cache="Set-Cookie"}. */
  List<String> fields(String name) {
    return List.of(names(directives.getOrDefault(name, "")));
  }

  private static String[] names(String value) {
    return Arrays.stream(value.split(","))
        .map(String::strip)
        .filter(HttpFields::isToken)
        .toArray(String[]::new);
  }

  /** A time; 0 if it is there but no time. */
  OptionalLong seconds(String... names) {
    for (String name : names) {
      String value = directives.get(name);
      if (value != null) {
        return OptionalLong.of(isNumber(value) ? seconds(value) : 0);
      }
    }
    return OptionalLong.empty();
  }

  /** How stale a response a client takes: without a number, any. */
  long maxStale() {
    return Optional.ofNullable(directives.get("max-stale"))
        .map(value -> value.isEmpty() ? LONGEST : isNumber(value) ? seconds(value) : 0)
        .orElse(0L);
  }

  @Override
  public String toString() {
    return directives.toString();
  }
}
