package dev.tiercel.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes entity tags, and compares with them (RFC 9110 §8.8.3 and §13). */
final class EntityTags {
  private static final int BYTES = 16;

  private EntityTags() {}

  /** A strong tag of a body and of what it means. */
  static String of(byte[] body, HttpFields fields) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String meaning =
          fields.first("Content-Type").orElse("")
              + '\n'
              + fields.joined("Content-Encoding").orElse("")
              + '\n';
      digest.update(meaning.getBytes(StandardCharsets.UTF_8));
      byte[] hash = Arrays.copyOf(digest.digest(body), BYTES);
      return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every platform has SHA-256", e);
    }
  }

  /**
   * Whether a client that asks with a condition has this response already.
   *
   * @param isTagged whether a write can end the response, also twice in one second: then a date
   *     does not tell which of the two it has
   */
  static boolean isUnchanged(HttpFields request, HttpFields response, boolean isTagged) {
    Optional<String> tags = request.joined("If-None-Match");
    if (tags.isPresent()) {
      return matches(tags.get(), response.first("ETag").orElse(null));
    }
    if (isTagged) {
      return false;
    }
    Optional<Instant> since = HttpDates.of(request, "If-Modified-Since");
    if (since.isEmpty()) {
      return false; // As most requests: what the response says need not be read.
    }
    Optional<Instant> changed =
        HttpDates.of(response, response.has("Last-Modified") ? "Last-Modified" : "Date");
    return changed.isPresent() && !changed.get().isAfter(since.get());
  }

  private static boolean matches(String tags, @Nullable String own) {
    if (tags.strip().equals("*")) {
      return true;
    }
    return own != null && list(tags).stream().anyMatch(tag -> opaque(tag).equals(opaque(own)));
  }

  /* A backslash in a tag is a letter like any other, not as in quoted strings (RFC 9110 §8.8.3). */
  private static List<String> list(String tags) {
    List<String> list = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i <= tags.length(); i++) {
      if (i == tags.length() || (tags.charAt(i) == ',' && !quoted)) {
        String tag = tags.substring(from, i).strip();
        if (!tag.isEmpty()) {
          list.add(tag);
        }
        from = i + 1;
      } else if (tags.charAt(i) == '"') {
        quoted = !quoted;
      }
    }
    return list;
  }

  private static String opaque(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }

  /**
   * Whether a range may be taken from this response (RFC 9110 §13.1.5).
   *
   * @param isTagged as above
   */
  static boolean allowsRange(HttpFields request, HttpFields response, boolean isTagged) {
    Optional<String> condition = request.first("If-Range").map(String::strip);
    if (condition.isEmpty()) {
      return true;
    }
    String wanted = condition.get();
    if (wanted.startsWith("\"")) {
      return response.first("ETag").filter(wanted::equals).isPresent();
    }
    Optional<Instant> date = HttpDates.parse(wanted);
    return !isTagged && date.isPresent() && date.equals(HttpDates.of(response, "Last-Modified"));
  }
}
