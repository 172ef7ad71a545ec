package dev.tiercel.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The files of the page, from the jar: those that are named here and no others, whatever a path
 * says. Immutable.
 */
final class DashboardFiles {
  private static final Map<String, String> TYPES =
      Map.of(
          "dashboard.css", "text/css; charset=utf-8",
          "dashboard.js", "text/javascript; charset=utf-8",
          "charts.js", "text/javascript; charset=utf-8",
          "tables.js", "text/javascript; charset=utf-8",
          "uPlot.iife.min.js", "text/javascript; charset=utf-8",
          "uPlot.min.css", "text/css; charset=utf-8",
          "uPlot.LICENSE.txt", "text/plain; charset=utf-8",
          "icon.svg", "image/svg+xml");

  private final Map<String, Item> files =
      TYPES.keySet().stream().collect(Collectors.toMap(Function.identity(), DashboardFiles::item));
  private final String page = text("dashboard.html");
  private final String login = text("login.html");

  private static final class Item {
    final String type;
    final byte[] bytes;
    final String tag;

    Item(String type, byte[] bytes, String tag) {
      this.type = type;
      this.bytes = bytes;
      this.tag = tag;
    }
  }

  private static Item item(String name) {
    byte[] bytes = bytes(name);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      String tag = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
      return new Item(TYPES.getOrDefault(name, ""), bytes, '"' + tag + '"');
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] bytes(String name) {
    try (InputStream in = DashboardFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name + " of the dashboard");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  /** The page, with what differs from one to the next in its places. */
  byte[] page(String title, String pageToken) {
    return page.replace("@TITLE@", escaped(title))
        .replace("@PAGE@", pageToken)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** What asks for the token. */
  byte[] login(String title, String message) {
    return login
        .replace("@TITLE@", escaped(title))
        .replace("@MESSAGE@", message)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  boolean has(String name) {
    return files.containsKey(name);
  }

  void send(HttpExchange exchange, String name) throws IOException {
    Item item = Optional.ofNullable(files.get(name)).orElseThrow();
    exchange.getResponseHeaders().set("ETag", item.tag);
    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
    if (item.tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      DashboardReply.empty(exchange, 304);
    } else {
      DashboardReply.send(exchange, 200, item.type, item.bytes);
    }
  }
}
