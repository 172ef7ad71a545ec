package dev.tiercel.web;

import java.util.Locale;
import java.util.Objects;

/**
 * What a client asks for, as far as it stands in the head of its request. Immutable.
 *
 * @param method the method, as it was sent: {@code GET}
 * @param scheme {@code http} or {@code https}, in small letters
 * @param authority the host that was asked, with its port if one was named, in small letters; empty
 *     if none was
 * @param target the path and query, as they were sent; {@code *} for a server as a whole
 * @param fields the header fields
 * @param peer the address that the connection comes from, as text; that of the last proxy if there
 *     is one
 */
public record WebRequest(
    String method, String scheme, String authority, String target, HttpFields fields, String peer) {
  /** Brings scheme and authority into one form. */
  public WebRequest {
    Objects.requireNonNull(method, "method must not be null");
    Objects.requireNonNull(target, "target must not be null");
    Objects.requireNonNull(fields, "fields must not be null");
    Objects.requireNonNull(peer, "peer must not be null");
    scheme = scheme.toLowerCase(Locale.ROOT);
    authority = authority.toLowerCase(Locale.ROOT);
  }

  /**
   * The target without its query.
   *
   * @return the path, as it was sent
   */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /**
   * The query of the target.
   *
   * @return what stands behind the first question mark, as it was sent; empty if there is none
   */
  public String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  /**
   * The same request with other fields.
   *
   * @param other the fields
   * @return the request
   */
  public WebRequest with(HttpFields other) {
    return new WebRequest(method, scheme, authority, target, other, peer);
  }

  boolean isHead() {
    return method.equals("HEAD");
  }
}
