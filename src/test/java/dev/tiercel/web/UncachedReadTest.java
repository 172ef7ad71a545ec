package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.Tiercel;
import dev.tiercel.query.QueryCache;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A response that shows what the cached repository does not cache: a write ends it all the same.
 */
class UncachedReadTest {
  private static final TaskQuery LATELY =
      TaskQuery.all().created(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));

  private static String read(String how, TaskRepository tasks) {
    return switch (how) {
      case "find" -> titles(tasks.find(LATELY).items().stream());
      case "page" -> titles(tasks.findPage(LATELY, 1).items().stream());
      case "count" -> tasks.count(LATELY) + titles(tasks.find(LATELY).items().stream());
      case "ids" -> titles(tasks.findByIds(many()).stream());
      case "stream" -> tasks.stream(TaskQuery.all(), UncachedReadTest::titles);
      case "snapshot" ->
          tasks.streamSnapshot(TaskQuery.all(), Duration.ofSeconds(5), UncachedReadTest::titles);
      default -> throw new AssertionError(how);
    };
  }

  private static List<String> many() {
    List<String> ids = new ArrayList<>(List.of("a"));
    for (int i = 0; i < QueryCache.MAX_IDS; i++) {
      ids.add("none-" + i);
    }
    return ids;
  }

  private static String titles(Stream<Task> tasks) {
    return String.join(",", tasks.map(Task::title).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"find", "page", "count", "ids", "stream", "snapshot"})
  void aWriteEndsIt(String how) throws Exception {
    try (Tiercel tiercel = Tiercel.inMemory()) {
      TaskRepository tasks = tiercel.tasks();
      Task task = tasks.add(Task.titled("old").withId("a"));
      ResponseCache responses = ResponseCache.of(tiercel.cache()).ttl(Duration.ofHours(1)).build();
      App app = (asked, answer) -> answer.text(read(how, tasks));
      try (TestServer server = new JdkTestServer(responses, app)) {
        server.get("/");
        HttpResponse<String> hit = server.get("/");
        assertTrue(hit.headers().firstValue("Cache-Status").orElse("").contains("hit"));
        assertTrue(hit.body().endsWith("old"));
        tasks.save(task.withTitle("new"));
        assertTrue(server.get("/").body().endsWith("new"));
        assertEquals("no-cache", hit.headers().firstValue("Cache-Control").orElse(""));
      }
    }
  }
}
