package dev.tiercel.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Asks by HTTP, through the response cache and beyond the rate limit, or hangs up half-way. */
final class Clients {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final int port;
  private final Counting counting;
  private final Done done;

  Clients(HttpClient http, Stack stack, Counting counting, Done done) {
    this.http = http;
    this.port = stack.port;
    this.counting = counting;
    this.done = done;
  }

  void step(Random random) throws Exception {
    int i = random.nextInt(Counting.TASKS);
    long[] least = counting.least();
    switch (random.nextInt(50)) {
      case 0 -> {
        HttpResponse<String> answer = get("/all?limit=500&agent=" + Counting.agent(i));
        expect(200, answer);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : answer.body().lines().toList()) {
          lines.add(JSON.readTree(line));
        }
        check(lines, i, least, "a stream by HTTP");
      }
      case 1 -> burst(i);
      case 2, 3, 4, 5, 6, 7, 8, 9 -> page(i, least);
      default -> {
        HttpResponse<String> answer = get("/count/" + Counting.id(i));
        expect(200, answer);
        counting.saw(i, least[i], Long.parseLong(answer.body()), "HTTP");
      }
    }
  }

  private void burst(int i) throws Exception {
    int left = 3 * Stack.PAGES_PER_SECOND;
    while (page(i, counting.least()) && left > 0) {
      left--;
    }
  }

  /** Returns whether it was answered, and not refused by the rate limit. */
  private boolean page(int i, long[] least) throws Exception {
    HttpResponse<String> answer = get("/tasks?agent=" + Counting.agent(i));
    if (answer.statusCode() == 429) {
      done.refused.increment();
      if (answer.headers().firstValue("Retry-After").isEmpty()) {
        throw new IllegalStateException("429 does not say when to come back");
      }
      return false;
    }
    expect(200, answer);
    List<JsonNode> items = new ArrayList<>();
    JSON.readTree(answer.body()).get("items").forEach(items::add);
    check(items, i, least, "a page by HTTP");
    return true;
  }

  private void check(List<JsonNode> tasks, int ofAgent, long[] least, String where) {
    Counting.requireAllOf(ofAgent, tasks.stream().map(task -> task.get("id").asText()), where);
    for (JsonNode task : tasks) {
      int i = Counting.index(task.get("id").asText());
      counting.saw(i, least[i], task.get("priority").asLong(), where);
    }
  }

  private static void expect(int status, HttpResponse<String> answer) {
    if (answer.statusCode() != status) {
      throw new IllegalStateException(
          "%s answered %d: %s".formatted(answer.uri(), answer.statusCode(), answer.body()));
    }
  }

  private HttpResponse<String> get(String target) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
            .timeout(Duration.ofMinutes(1))
            .build();
    return http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /** Asks for everything, reads a little, and is gone. */
  void hangUp(Random random) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      String target = random.nextBoolean() ? "/all" : "/tasks?limit=1000";
      String request = "GET " + target + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n";
      boolean isWhole = random.nextInt(4) > 0;
      out.write(
          request
              .substring(0, isWhole ? request.length() : random.nextInt(request.length()))
              .getBytes(StandardCharsets.US_ASCII));
      if (isWhole) {
        socket.getInputStream().readNBytes(random.nextInt(5_000));
      }
      if (random.nextBoolean()) {
        socket.setSoLinger(true, 0); // A reset, not a farewell.
      }
    }
  }
}
