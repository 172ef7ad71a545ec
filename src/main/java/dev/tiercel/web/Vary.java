package dev.tiercel.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The request fields that a response depends on (RFC 9110 §12.5.5).
 *
 * @param names the names in small letters, sorted, each once
 */
record Vary(List<String> names) {
  private static final Optional<Vary> NOTHING = Optional.of(new Vary(List.of()));

  /** What a response says; empty if it depends on what no request tells. */
  static Optional<Vary> of(HttpFields fields) {
    return parse(fields.joined("Vary").orElse(""));
  }

  static Optional<Vary> parse(String text) {
    if (text.isEmpty()) {
      return NOTHING; // The most usual, and this is asked at every look-up.
    }
    List<String> names =
        Arrays.stream(text.split(","))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty())
            .sorted()
            .distinct()
            .toList();
    return names.stream().allMatch(name -> HttpFields.isToken(name) && !name.equals("*"))
        ? Optional.of(new Vary(names))
        : Optional.empty();
  }

  /** What a request says to it: several lines of a field, and spaces around commas, are one. */
  static String selecting(HttpFields request, String name) {
    return request
        .joined(name)
        .map(value -> String.join(",", Arrays.stream(value.split(",")).map(String::strip).toList()))
        .orElse("\0"); // Not there, which no value is.
  }
}
