package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.store.SqliteTaskRepository;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that reads slowly, or goes, holds nothing of the database. */
class SlowClientTest {
  private static final int TASKS = 3_000;
  private static final WebRequest ALL =
      new WebRequest(
          "GET", "http", "localhost", "/tasks?order=urgent_first", HttpFields.none(), "127.0.0.1");

  @TempDir Path folder;

  private SqliteTaskRepository tasks;

  @BeforeEach
  void open() {
    tasks =
        SqliteTaskRepository.open(
            SqliteDatabase.builder(folder.resolve("tasks.db")).readers(2),
            false,
            InstantSource.system());
    tasks.addAll(IntStream.range(0, TASKS).mapToObj(SlowClientTest::task).toList()).orThrow();
  }

  @AfterEach
  void close() {
    tasks.close();
  }

  private static Task task(int i) {
    return Task.titled("Work").withId("t" + i).withCreatedAt(Instant.ofEpochSecond(i));
  }

  /** Takes the first bytes and then stands until it is let go. */
  private static final class SlowClient implements Responder {
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    final CountDownLatch standing = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);
    volatile boolean whole;

    @Override
    public OutputStream respond(ResponseHead head) {
      return new OutputStream() {
        @Override
        public void write(int single) throws IOException {
          write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          body.write(bytes, offset, length);
          standing.countDown();
          try {
            assertTrue(go.await(30, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        }

        @Override
        public void close() {
          whole = true;
        }
      };
    }

    long lines() {
      return body.toString(StandardCharsets.UTF_8).lines().count();
    }
  }

  @Test
  void noConnectionAndNoSnapshotIsHeldForASlowClient() throws Exception {
    TaskListing listing = TaskListing.stream(tasks);
    List<SlowClient> clients = Stream.generate(SlowClient::new).limit(4).toList();
    List<CompletableFuture<Void>> answers =
        clients.stream()
            .map(
                client ->
                    CompletableFuture.runAsync(
                        () -> {
                          try {
                            listing.answer(ALL, client);
                          } catch (IOException e) {
                            throw new IllegalStateException(e);
                          }
                        },
                        work -> new Thread(work).start()))
            .toList();
    for (SlowClient client : clients) {
      assertTrue(client.standing.await(30, TimeUnit.SECONDS));
    }

    // Four streams and two connections: a read would wait in vain if a stream held its own.
    assertEquals(TASKS, tasks.count(TaskQuery.all()));
    // A snapshot would hide it.
    tasks.add(task(TASKS));

    clients.forEach(client -> client.go.countDown());
    for (int i = 0; i < clients.size(); i++) {
      answers.get(i).get(30, TimeUnit.SECONDS);
      assertTrue(clients.get(i).whole);
      assertEquals(TASKS + 1, clients.get(i).lines());
    }
  }

  @Test
  void aClientThatGoesFreesEverythingAtOnce() {
    TaskListing listing = TaskListing.stream(tasks);
    for (int i = 0; i < 10; i++) {
      IOException gone =
          assertThrows(
              IOException.class,
              () ->
                  listing.answer(
                      ALL,
                      head ->
                          new OutputStream() {
                            @Override
                            public void write(int single) throws IOException {
                              throw new IOException("gone");
                            }

                            @Override
                            public void close() {
                              throw new AssertionError("the body is not whole");
                            }
                          }));
      assertEquals("gone", gone.getMessage());
    }
    assertEquals(TASKS, tasks.count(TaskQuery.all()));
  }
}
