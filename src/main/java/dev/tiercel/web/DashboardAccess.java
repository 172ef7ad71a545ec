package dev.tiercel.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Says who may see a dashboard and who may act. Without a token only this machine may see it, by a
 * name of this machine and not through a proxy; so a page elsewhere that has its own name point
 * here (DNS rebinding) sees nothing. Secrets are compared in constant time. Thread-safe.
 */
final class DashboardAccess {
  private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final List<String> PROXY_FIELDS =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "Via");
  private static final String BEARER = "bearer ";
  private static final int NONCE = 16;

  private final @Nullable String token;
  private final Set<String> hosts;
  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key;
  private final String session;
  private final String cookie;

  /**
   * Makes the rules.
   *
   * @param token what has to be known to see the dashboard from elsewhere; null for nobody
   * @param hosts names beside those of this machine, in lower case
   */
  DashboardAccess(@Nullable String token, Set<String> hosts) {
    this.token = token;
    this.hosts = hosts;
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    key = new SecretKeySpec(secret, "HmacSHA256");
    session = encode(signed("session".getBytes(StandardCharsets.UTF_8)));
    // Cookies do not tell ports apart; two dashboards on one machine must not log each other out.
    cookie = "tiercel-" + encode(signed("cookie".getBytes(StandardCharsets.UTF_8))).substring(0, 8);
  }

  /** Why an exchange is refused, whatever it asks for; empty if it is not. */
  Optional<String> refusal(HttpExchange exchange) {
    boolean isNear =
        isLoopback(exchange.getLocalAddress()) && isLoopback(exchange.getRemoteAddress());
    Headers asked = exchange.getRequestHeaders();
    if (token == null && !isNear) {
      return Optional.of(
          "This dashboard is shown on its own machine only. To see it from elsewhere, give it a"
              + " token.");
    }
    if (token == null && PROXY_FIELDS.stream().anyMatch(asked::containsKey)) {
      return Optional.of(
          "This came through a proxy, so it may be from anywhere. To see the dashboard that way,"
              + " give it a token.");
    }
    String host = host(asked.getFirst("Host"));
    if ((isNear || !hosts.isEmpty()) && !OWN_NAMES.contains(host) && !hosts.contains(host)) {
      return Optional.of(
          "This dashboard does not go by that name. If it should, tell it so: hosts(\"…\").");
    }
    return Optional.empty();
  }

  private static boolean isLoopback(@Nullable InetSocketAddress address) {
    InetAddress of = address == null ? null : address.getAddress();
    return of != null && of.isLoopbackAddress();
  }

  /** The name in a Host field, without the port, in lower case. */
  static String host(@Nullable String field) {
    if (field == null) {
      return "";
    }
    int end = field.startsWith("[") ? field.indexOf(']') + 1 : field.indexOf(':');
    return (end <= 0 ? field : field.substring(0, end)).toLowerCase(Locale.ROOT);
  }

  /** Whether an exchange brings the token, or the cookie of somebody who brought it before. */
  boolean isKnown(HttpExchange exchange) {
    if (token == null) {
      return true;
    }
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return isToken(authorization.substring(BEARER.length()).trim());
    }
    boolean known = false;
    for (String line : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
      for (String pair : line.split(";", -1)) {
        String[] parts = pair.trim().split("=", 2);
        known |= parts.length == 2 && parts[0].equals(cookie) && isSame(parts[1], session);
      }
    }
    return known;
  }

  boolean isToken(String claimed) {
    return token != null && isSame(claimed, token);
  }

  /** The cookie for somebody who knows the token. */
  String cookie(HttpExchange exchange, String path) {
    String secure = exchange instanceof HttpsExchange ? "; Secure" : "";
    return cookie + "=" + session + "; Path=" + path + "; HttpOnly; SameSite=Strict" + secure;
  }

  /** Whether a browser says that a page of somebody else's asks for this. */
  static boolean isForeign(Headers asked) {
    String site = asked.getFirst("Sec-Fetch-Site");
    return site != null && !site.equals("same-origin") && !site.equals("none");
  }

  /** Whether a browser says that the page that acts is our own; who says nothing is refused. */
  static boolean isOwnPage(Headers asked) {
    String site = asked.getFirst("Sec-Fetch-Site");
    String origin = asked.getFirst("Origin");
    String host = asked.getFirst("Host");
    if (site == null && origin == null) {
      return false;
    }
    boolean sameSite = site == null || site.equals("same-origin");
    boolean sameOrigin =
        origin == null
            || (host != null
                && (origin.equalsIgnoreCase("http://" + host)
                    || origin.equalsIgnoreCase("https://" + host)));
    return sameSite && sameOrigin;
  }

  /** A proof for one page that it was loaded from here. */
  String pageToken() {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    return encode(nonce) + "." + encode(signed(nonce));
  }

  boolean isPageToken(@Nullable String claimed) {
    String[] parts = claimed == null ? new String[0] : claimed.split("\\.", -1);
    if (parts.length != 2) {
      return false;
    }
    try {
      byte[] nonce = Base64.getUrlDecoder().decode(parts[0]);
      return nonce.length == NONCE && isSame(parts[1], encode(signed(nonce)));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private byte[] signed(byte[] what) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(what);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** Compares two secrets in a time that tells nothing of what they have in common. */
  private boolean isSame(String claimed, String secret) {
    return MessageDigest.isEqual(
        signed(claimed.getBytes(StandardCharsets.UTF_8)),
        signed(secret.getBytes(StandardCharsets.UTF_8)));
  }
}
