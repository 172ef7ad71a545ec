package dev.tiercel.web;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of a query string, as forms write them. Immutable. */
final class QueryString {
  private final Map<String, List<String>> values;

  private QueryString(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Reads a query string in which only some names may stand. */
  static QueryString parse(String raw, Set<String> known) throws BadParameterException {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String part : raw.split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int equals = part.indexOf('=');
      String name = decoded(part, equals < 0 ? part : part.substring(0, equals));
      if (!known.contains(name)) {
        throw new BadParameterException(
            name, "there is no parameter " + Shown.of(name) + "; there are " + sorted(known));
      }
      values
          .computeIfAbsent(name, key -> new ArrayList<>())
          .add(decoded(name, equals < 0 ? "" : part.substring(equals + 1)));
    }
    return new QueryString(values);
  }

  private static String sorted(Set<String> names) {
    return names.stream().sorted().collect(Collectors.joining(", "));
  }

  /* Strictly: URLDecoder would replace what is not UTF-8, and so read something else. */
  private static String decoded(String parameter, String raw) throws BadParameterException {
    byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
    ByteBuffer plain = ByteBuffer.allocate(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        plain.put(bytes[i] == '+' ? (byte) ' ' : bytes[i]);
        continue;
      }
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw new BadParameterException(
            parameter, "a % must be followed by two hexadecimal digits: " + Shown.of(raw));
      }
      plain.put((byte) (high * 16 + low));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(plain.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new BadParameterException(parameter, "this is not UTF-8: " + Shown.of(raw));
    }
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** All values of a name. */
  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The value of a name that may stand once, or null if it does not. */
  @Nullable String one(String name) throws BadParameterException {
    List<String> all = all(name);
    if (all.size() > 1) {
      throw new BadParameterException(
          name, name + " stands " + all.size() + " times; give it once");
    }
    return all.isEmpty() ? null : all.get(0);
  }

  /** These parameters with others in place of some, as a reference to the same path. */
  String with(Map<String, String> others, Set<String> without) {
    StringBuilder out = new StringBuilder();
    values.forEach(
        (name, all) -> {
          if (!others.containsKey(name) && !without.contains(name)) {
            all.forEach(value -> add(out, name, value));
          }
        });
    others.forEach((name, value) -> add(out, name, value));
    return out.isEmpty() ? "?" : out.toString();
  }

  private static void add(StringBuilder out, String name, String value) {
    out.append(out.isEmpty() ? '?' : '&')
        .append(name)
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }
}
