package dev.tiercel.benchmarks.scorecard.web;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The query string of a request, as handlers written by hand read it. */
final class Parameters {
  private Parameters() {}

  static Map<String, String> of(HttpExchange exchange) {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : exchange.getRequestURI().getRawQuery().split("&")) {
      int equals = parameter.indexOf('=');
      parameters.put(
          parameter.substring(0, equals),
          URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return parameters;
  }
}
