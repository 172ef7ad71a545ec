package dev.tiercel.benchmarks.scorecard.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Arrays;

/** Answers with bytes that are there already. */
final class ConstantListing implements HttpHandler {
  private final byte[] body;

  ConstantListing(int length) {
    body = new byte[length];
    Arrays.fill(body, (byte) ' ');
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Answer.json(exchange, body);
  }
}
