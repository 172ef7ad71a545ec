package dev.tiercel.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Names what a request asks for: SHA-256 over scheme, host, path, the query in the order of its
 * names, and the request fields that the application says matter. Immutable.
 */
final class RequestKeys {
  private final String prefix;
  private final List<String> keyFields;
  private final Set<String> ignoredQuery;

  /**
   * @param prefix what all keys begin with, and all tags
   * @param keyFields the names of fields whose value is part of the key
   * @param ignoredQuery the names of parameters that are not
   */
  RequestKeys(String prefix, List<String> keyFields, Set<String> ignoredQuery) {
    this.prefix = prefix;
    this.keyFields = List.copyOf(keyFields);
    this.ignoredQuery = Set.copyOf(ignoredQuery);
  }

  /** What the index of the responses to a target is kept under; its tag has the same text. */
  String target(String scheme, String authority, String path, String query) {
    return prefix + ":" + hash(List.of(scheme, host(scheme, authority), path, sorted(query)));
  }

  String target(WebRequest request) {
    return target(request.scheme(), request.authority(), request.path(), request.query());
  }

  /** What one response is kept under. */
  String variant(String target, long generation, Vary vary, HttpFields request) {
    List<String> parts = new ArrayList<>();
    for (String name : keyFields) {
      parts.add(name);
      parts.add(Vary.selecting(request, name));
    }
    for (String name : vary.names()) {
      parts.add(name);
      parts.add(Vary.selecting(request, name));
    }
    String own = target + ":" + Long.toHexString(generation);
    return parts.isEmpty() ? own + ":-" : own + ":" + hash(parts);
  }

  /* With the port that is meant when none is named, so that both spellings are one. */
  private static String host(String scheme, String authority) {
    String usual = scheme.equals("https") ? ":443" : ":80";
    return authority.endsWith(usual)
        ? authority.substring(0, authority.length() - usual.length())
        : authority;
  }

  /** Parameters by name; those of one name stay in their order, which may mean something. */
  private String sorted(String query) {
    if (query.indexOf('&') < 0 && ignoredQuery.isEmpty()) {
      return query;
    }
    List<String> parameters = new ArrayList<>(List.of(query.split("&", -1)));
    parameters.removeIf(parameter -> ignoredQuery.contains(name(parameter)));
    parameters.sort(Comparator.comparing(RequestKeys::name));
    return String.join("&", parameters);
  }

  private static String name(String parameter) {
    int equals = parameter.indexOf('=');
    return equals < 0 ? parameter : parameter.substring(0, equals);
  }

  /** The key of the target that a response refers to, if that is on the same host. */
  Optional<String> sameOrigin(WebRequest request, String reference) {
    try {
      URI base = new URI(request.scheme() + "://" + request.authority() + request.target());
      URI to = base.resolve(reference.strip());
      String host = to.getRawAuthority();
      if (host == null
          || to.getRawPath() == null
          || !request.scheme().equalsIgnoreCase(to.getScheme())
          || !host(request.scheme(), host.toLowerCase(Locale.ROOT))
              .equals(host(request.scheme(), request.authority()))) {
        return Optional.empty();
      }
      String query = to.getRawQuery() == null ? "" : to.getRawQuery();
      return Optional.of(target(request.scheme(), request.authority(), to.getRawPath(), query));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty(); // No reference at all.
    }
  }

  private static String hash(List<String> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length; // So that no two lists of parts look alike.
        digest.update(
            new byte[] {
              (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length
            });
        digest.update(bytes);
      }
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every platform has SHA-256", e);
    }
  }
}
