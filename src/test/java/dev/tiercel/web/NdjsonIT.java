package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.Durability;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.store.SqliteTaskRepository;
import dev.tiercel.task.Task;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server with a heap of 64 MB streams more tasks than fit into it. {@code
 * -Dtiercel.ndjson.rows=1000000} makes it a million.
 */
class NdjsonIT {
  private static final int ROWS = Integer.getInteger("tiercel.ndjson.rows", 100_000);
  private static final String TEXT = "Some text to make a row as long as rows are. ".repeat(20);

  @TempDir Path folder;

  @Test
  void everyTaskComesThroughASmallHeap() throws Exception {
    Path file = folder.resolve("tasks.db");
    fill(file);
    Path errors = folder.resolve("errors");
    Process child = ChildJvm.start(errors, "64m", NdjsonServer.class, file.toString());
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      long[] read = read(Integer.parseInt(out.readLine()));
      child.getOutputStream().close();
      String heap = out.readLine();
      assertEquals(0, child.waitFor(), () -> errors.toString());
      System.out.printf("rows: %d, bytes: %d, heap at the end: %s%n", read[0], read[1], heap);
      assertEquals(ROWS, read[0]);
      assertEquals("", Files.readString(errors));
    } finally {
      child.destroyForcibly();
    }
  }

  private static void fill(Path file) {
    try (SqliteTaskRepository tasks =
        SqliteTaskRepository.open(
            SqliteDatabase.builder(file).durability(Durability.NORMAL),
            false,
            InstantSource.system())) {
      for (int from = 0; from < ROWS; from += 10_000) {
        int to = Math.min(ROWS, from + 10_000);
        tasks
            .addAll(
                IntStream.range(from, to)
                    .mapToObj(
                        i ->
                            Task.titled("Work")
                                .withId("t" + i)
                                .withDescription(TEXT)
                                .withCreatedAt(Instant.ofEpochSecond(i)))
                    .toList())
            .orThrow();
      }
    }
  }

  /** How many lines came, each task once and in order, and how many bytes. */
  private static long[] read(int port) throws Exception {
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/tasks")).build(),
                BodyHandlers.ofInputStream());
    assertEquals(200, response.statusCode());
    BitSet seen = new BitSet(ROWS);
    long bytes = 0;
    int expected = ROWS - 1;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        bytes += line.length() + 1;
        assertTrue(line.startsWith("{\"id\":\"t" + expected + "\","), line);
        seen.set(expected--);
      }
    }
    return new long[] {seen.cardinality(), bytes};
  }
}
