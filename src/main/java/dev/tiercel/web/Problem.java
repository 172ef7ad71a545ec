package dev.tiercel.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Why a request got no answer, for programs and people (RFC 9457): {@code
 * application/problem+json}. Immutable.
 *
 * @param type a URI that names the kind of problem; {@link #BLANK} if the status says it all
 * @param status the status code, from 400 to 599
 * @param title what the kind of problem is: {@code Bad Request}
 * @param detail what went wrong this time, and the remedy
 * @param more members of its own, such as {@code parameter}: texts, and lists of texts; copied, and
 *     written in the order of their names
 */
public record Problem(
    String type, int status, String title, String detail, Map<String, Object> more) {
  /** The type of a problem about which the status says it all. */
  public static final String BLANK = "about:blank";

  /** The members that RFC 9457 §3.1 names. */
  private static final Set<String> RESERVED =
      Set.of("type", "title", "status", "detail", "instance");

  /**
   * Checks the status and the members.
   *
   * @throws IllegalArgumentException if the status is not between 400 and 599, or a member is
   *     neither a text nor a list of texts, or has a name that RFC 9457 has given away: {@code
   *     type}, {@code title}, {@code status}, {@code detail} or {@code instance}
   */
  public Problem {
    Objects.requireNonNull(type, "type must not be null");
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException(
          "the status of a problem must be from 400 to 599, but is " + status);
    }
    Objects.requireNonNull(title, "title must not be null");
    Objects.requireNonNull(detail, "detail must not be null");
    Map<String, Object> copies = new HashMap<>();
    more.forEach((name, value) -> copies.put(name, copy(name, value)));
    more = Map.copyOf(copies);
  }

  private static Object copy(String name, Object value) {
    if (RESERVED.contains(name)) {
      throw new IllegalArgumentException(
          "a member of its own must not be called '"
              + name
              + "', which RFC 9457 §3.1 names; call it something else"
              + (name.equals("instance") ? "" : ", or give the problem itself that " + name));
    }
    if (value instanceof String) {
      return value;
    }
    if (value instanceof List<?> list) {
      List<Object> copied = new ArrayList<>(list); // Checked afterwards: it cannot change any more.
      if (copied.stream().allMatch(String.class::isInstance)) {
        return List.copyOf(copied);
      }
    }
    throw new IllegalArgumentException(
        "the member " + name + " must be a text or a list of texts, but is " + value);
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
    return out.append('}').toString();
  }

  private static void text(StringBuilder out, String name, String value) {
    Json.string(out, name);
    out.append(':');
    Json.string(out, value);
  }

  private static void texts(StringBuilder out, String name, List<?> values) {
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
