package dev.tiercel.benchmarks.scorecard.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.tiercel.benchmarks.scorecard.NaiveRepository;
import dev.tiercel.task.Task;
import dev.tiercel.web.TaskJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** An agent's newest tasks as the same JSON, from the naive repository. */
final class NaiveListing implements HttpHandler {
  private final NaiveRepository tasks;

  NaiveListing(NaiveRepository tasks) {
    this.tasks = tasks;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    StringBuilder body = new StringBuilder("{\"items\":");
    char before = '[';
    try {
      for (Task task : tasks.findByAgent(Parameters.of(exchange).get("agent"), Site.ROWS)) {
        TaskJson.write(task, body.append(before));
        before = ',';
      }
    } catch (NaiveRepository.Busy e) {
      Answer.busy(exchange);
      return;
    }
    body.append(before == '[' ? "[" : "").append("],\"next\":null,\"previous\":null}");
    Answer.json(exchange, body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
