package dev.tiercel.benchmarks.scorecard.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.tiercel.benchmarks.scorecard.NaiveRepository;
import java.io.IOException;
import java.util.Map;

/** Gives the task {@code id} the title {@code title}, and answers when that is stored. */
final class Retitle implements HttpHandler {
  private final Write write;

  Retitle(Write write) {
    this.write = write;
  }

  /** Stores a title. */
  interface Write {
    void store(String id, String title);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Map<String, String> parameters = Parameters.of(exchange);
    try {
      write.store(parameters.get("id"), parameters.get("title"));
    } catch (NaiveRepository.Busy e) {
      Answer.busy(exchange);
      return;
    }
    Answer.done(exchange);
  }
}
