package dev.tiercel.web;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Why a request got no answer, for programs and people (RFC 9457): {@code
 * application/problem+json}. Immutable.
 *
 * @param status the status code, from 400 to 599
 * @param title what the status means: {@code Bad Request}
 * @param detail what went wrong this time, and the remedy
 * @param more members of its own, such as {@code parameter}; written in the order of their names
 */
public record Problem(int status, String title, String detail, Map<String, String> more) {
  /**
   * Checks the status.
   *
   * @throws IllegalArgumentException if it is not between 400 and 599
   */
  public Problem {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException(
          "the status of a problem must be from 400 to 599, but is " + status);
    }
    Objects.requireNonNull(title, "title must not be null");
    Objects.requireNonNull(detail, "detail must not be null");
    more = Map.copyOf(more);
  }

  /** A problem that a parameter of the query is the cause of. */
  static Problem ofParameter(String name, String detail) {
    return new Problem(400, "Bad Request", detail, Map.of("parameter", name));
  }

  /**
   * The problem as JSON.
   *
   * @return the object
   */
  public String toJson() {
    StringBuilder out = new StringBuilder("{\"title\":");
    try {
      Json.string(out, title);
      out.append(",\"status\":").append(status).append(",\"detail\":");
      Json.string(out, detail);
      for (Map.Entry<String, String> member : new TreeMap<>(more).entrySet()) {
        out.append(',');
        Json.string(out, member.getKey());
        out.append(':');
        Json.string(out, member.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A StringBuilder never throws it.
    }
    return out.append('}').toString();
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
