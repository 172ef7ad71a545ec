package dev.tiercel.web;

import dev.tiercel.cache.Tag;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypedCache;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A response cache with a mistake: it draws the stamp of a response after its handler has run, so
 * that a write meanwhile does not void it.
 */
final class LateStampFilter implements WebFilter {
  private final TieredCache cache;
  private final TypedCache<String> bodies;

  LateStampFilter(TieredCache cache) {
    this.cache = cache;
    this.bodies = cache.typed(String.class);
  }

  @Override
  public void handle(WebExchange exchange) throws Exception {
    String key = "late:" + exchange.request().target();
    Optional<String> cached = bodies.getIfPresent(key);
    if (cached.isPresent()) {
      send(exchange, cached.get(), "Tiercel; hit");
      return;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String[] tag = new String[1];
    exchange.proceed(
        exchange.request().fields(),
        head -> {
          tag[0] = head.fields().first("Cache-Tag").orElseThrow();
          return body;
        });
    String text = body.toString(StandardCharsets.UTF_8);
    bodies.put(key, text, Tag.of(tag[0]), cache.stamp());
    send(exchange, text, "Tiercel; fwd=uri-miss");
  }

  private static void send(WebExchange exchange, String text, String status) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    HttpFields fields = HttpFields.of("Cache-Status", status);
    try (OutputStream out = exchange.respond(ResponseHead.of(200, fields, bytes.length))) {
      out.write(bytes);
    }
  }
}
