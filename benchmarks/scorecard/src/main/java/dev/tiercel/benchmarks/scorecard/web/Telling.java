package dev.tiercel.benchmarks.scorecard.web;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Prints what a handler throws: the server itself only closes the connection. */
final class Telling extends Filter {
  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    try {
      chain.doFilter(exchange);
    } catch (IOException | RuntimeException | Error e) {
      e.printStackTrace();
      throw e;
    }
  }

  @Override
  public String description() {
    return "prints what is thrown";
  }
}
