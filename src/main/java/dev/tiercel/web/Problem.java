package dev.tiercel.web;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Why a request got no answer, for programs and people (RFC 9457): {@code
 * application/problem+json}. Immutable.
 *
 * @param type a URI that names the kind of problem; {@link #BLANK} if the status says it all
 * @param status the status code, from 400 to 599
 * @param title what the kind of problem is: {@code Bad Request}
 * @param detail what went wrong this time, and the remedy
 * @param more members of its own, such as {@code parameter}: texts, and lists of texts; written in
 *     the order of their names
 */
public record Problem(
    String type, int status, String title, String detail, Map<String, Object> more) {
  /** The type of a problem about which the status says it all. */
  public static final String BLANK = "about:blank";

  /**
   * Checks the status and the members.
   *
   * @throws IllegalArgumentException if the status is not between 400 and 599, or a member is
   *     neither a text nor a list of texts
   */
  public Problem {
    Objects.requireNonNull(type, "type must not be null");
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException(
          "the status of a problem must be from 400 to 599, but is " + status);
    }
    Objects.requireNonNull(title, "title must not be null");
    Objects.requireNonNull(detail, "detail must not be null");
    more = Map.copyOf(more);
    more.forEach(Problem::check);
  }

  private static void check(String name, Object value) {
    if (!(value instanceof String)
        && !(value instanceof List<?> list && list.stream().allMatch(String.class::isInstance))) {
      throw new IllegalArgumentException(
          "the member " + name + " must be a text or a list of texts, but is " + value);
    }
  }

  /** A problem that a parameter of the query is the cause of. */
  static Problem ofParameter(String name, String detail) {
    return new Problem(BLANK, 400, "Bad Request", detail, Map.of("parameter", name));
  }

  /**
   * The problem as JSON.
   *
   * @return the object
   */
  public String toJson() {
    StringBuilder out = new StringBuilder("{");
    try {
      if (!type.equals(BLANK)) {
        text(out, "type", type);
        out.append(',');
      }
      text(out, "title", title);
      out.append(",\"status\":").append(status).append(',');
      text(out, "detail", detail);
      for (Map.Entry<String, Object> member : new TreeMap<>(more).entrySet()) {
        out.append(',');
        if (member.getValue() instanceof List<?> list) {
          texts(out, member.getKey(), list);
        } else {
          text(out, member.getKey(), member.getValue().toString());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A StringBuilder never throws it.
    }
    return out.append('}').toString();
  }

  private static void text(StringBuilder out, String name, String value) throws IOException {
    Json.string(out, name);
    out.append(':');
    Json.string(out, value);
  }

  private static void texts(StringBuilder out, String name, List<?> values) throws IOException {
    Json.string(out, name);
    out.append(":[");
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      Json.string(out, values.get(i).toString());
    }
    out.append(']');
  }

  /**
   * Answers a request with it.
   *
   * @param responder the way to the client
   * @param fields further header fields
   * @throws IOException if it cannot be sent
   */
  public void answer(Responder responder, HttpFields fields) throws IOException {
    byte[] body = toJson().getBytes(StandardCharsets.UTF_8);
    HttpFields all =
        fields.with("Content-Type", "application/problem+json").with("Cache-Control", "no-store");
    try (OutputStream out = responder.respond(ResponseHead.of(status, all, body.length))) {
      out.write(body);
    }
  }
}
