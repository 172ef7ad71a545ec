package dev.tiercel.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells which address a request comes from. What a field says is believed only as far as trusted
 * proxies wrote it: from its end on, up to the first address that is not one of them.
 */
final class ClientAddress {
  private final ProxyField field;
  private final List<IpRange> trusted;
  private final int longBits;

  ClientAddress(ProxyField field, List<IpRange> trusted, int longBits) {
    this.field = field;
    this.trusted = trusted;
    this.longBits = longBits;
  }

  /** The address as a key; those that one client can have many of are one. */
  String keyOf(WebRequest request) {
    IpAddress peer = IpAddress.parse(request.peer());
    if (peer == null) {
      return "peer:" + request.peer(); // Such as a socket in the file system.
    }
    IpAddress client = isTrusted(peer) ? behind(peer, request.fields()) : peer;
    return client.isLong() ? "ip6:" + client.first(longBits) : "ip4:" + client;
  }

  private boolean isTrusted(IpAddress address) {
    for (IpRange range : trusted) {
      if (range.holds(address)) {
        return true;
      }
    }
    return false;
  }

  /** Walks from proxy to proxy, and stops where one says what is no address. */
  private IpAddress behind(IpAddress proxy, HttpFields fields) {
    IpAddress at = proxy;
    List<String> lines = fields.all(field.header());
    for (int line = lines.size() - 1; line >= 0; line--) {
      String text = lines.get(line);
      int end = text.length();
      while (end >= 0) {
        int comma = last(',', text, end);
        IpAddress before = address(text.substring(comma + 1, end));
        if (before == null) {
          return at;
        }
        at = before;
        if (!isTrusted(at)) {
          return at;
        }
        end = comma;
      }
    }
    return at;
  }

  private @Nullable IpAddress address(String element) {
    String node = element.strip();
    if (field == ProxyField.FORWARDED) {
      node = forParameter(node);
    }
    return IpAddress.parse(withoutPort(node));
  }

  /*
   * RFC 7239 §4: pairs with semicolons between them; a quoted value where it is no token. Empty if
   * there is none, which is no address either.
   */
  private static String forParameter(String element) {
    for (int end = element.length(); end >= 0; ) {
      int semicolon = last(';', element, end);
      String pair = element.substring(semicolon + 1, end).strip();
      if (pair.regionMatches(true, 0, "for=", 0, 4)) {
        String value = pair.substring(4);
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
      }
      end = semicolon;
    }
    return "";
  }

  /**
   * The last such separator before the end that does not stand in quotation marks. It is looked for
   * from the end on, because that is what the proxy wrote: a client can open quotation marks only
   * before it, and a name that the proxy quotes may hold separators.
   */
  private static int last(char separator, String text, int end) {
    boolean quoted = false;
    for (int i = end - 1; i >= 0; i--) {
      char c = text.charAt(i);
      if (c == '"' && !isEscaped(text, i)) {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isEscaped(String text, int at) {
    int slashes = 0;
    while (at > slashes && text.charAt(at - 1 - slashes) == '\\') {
      slashes++;
    }
    return slashes % 2 == 1;
  }

  private static String withoutPort(String node) {
    if (node.startsWith("[")) {
      int end = node.indexOf(']');
      return end < 0 ? "" : node.substring(1, end);
    }
    int colon = node.indexOf(':');
    // One colon stands before a port, several are an address.
    return colon >= 0 && colon == node.lastIndexOf(':') ? node.substring(0, colon) : node;
  }
}
