package dev.tiercel.benchmarks.scorecard.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/** What the handlers written by hand answer. */
final class Answer {
  private static final int NO_BODY = -1;

  private Answer() {}

  static void json(HttpExchange exchange, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  static void done(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(204, NO_BODY);
    exchange.close();
  }

  /** Others hold the lock for too long. */
  static void busy(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(503, NO_BODY);
    exchange.close();
  }
}
