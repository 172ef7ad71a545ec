package dev.tiercel.benchmarks.figures;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page with places that are filled by a program: between a comment that names each and its end.
 */
final class Page {
  private static final Pattern PLACE =
      Pattern.compile(
          "(<!-- figures:([a-z0-9-]+) -->\r?\n)(.*?)(<!-- /figures -->)", Pattern.DOTALL);

  private final String lineEnd;
  private String text;

  Page(String text) {
    this.text = text;
    this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
  }

  /** The names of the places, in their order. */
  Set<String> places() {
    Set<String> names = new LinkedHashSet<>();
    Matcher place = PLACE.matcher(text);
    while (place.find()) {
      names.add(place.group(2));
    }
    return names;
  }

  /**
   * Fills a place; what stood there goes.
   *
   * @throws IllegalArgumentException if there is no such place
   */
  void fill(String name, String content) {
    if (!places().contains(name)) {
      throw new IllegalArgumentException(
          "the page has no place for %1$s; add <!-- figures:%1$s --> and <!-- /figures -->"
              .formatted(name));
    }
    String lines = (content.strip() + "\n").replace("\n", lineEnd);
    Matcher place = PLACE.matcher(text);
    text =
        place.replaceAll(
            match ->
                Matcher.quoteReplacement(
                    match.group(2).equals(name)
                        ? match.group(1) + lines + match.group(4)
                        : match.group()));
  }

  String text() {
    return text;
  }
}
