package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.task.InMemoryTaskRepository;
import dev.tiercel.task.RepositoryBusyException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskRepository;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskListingTest {
  /** The servers that it runs in. */
  enum In {
    JDK,
    JETTY;

    TestServer serve(TaskListing listing) throws Exception {
      App none =
          (asked, answer) -> {
            throw new AssertionError("the listing answers itself");
          };
      return this == JDK ? new JdkTestServer(listing, none) : new JettyTestServer(listing, none);
    }
  }

  private static final ObjectMapper PARSER = new ObjectMapper();
  private static final Pattern LINK = Pattern.compile("<(\\?[^<>\"]*)>; rel=\"([a-z]+)\"");

  private final TaskRepository tasks = new InMemoryTaskRepository(InstantSource.system());
  private TestServer server;

  TaskListingTest() {
    IntStream.range(0, 23)
        .forEach(
            i ->
                tasks.add(
                    Task.titled("Täsk \"" + i + "\"")
                        .withId("t" + i)
                        .withPriority(i % 3)
                        .withCreatedAt(Instant.ofEpochSecond(1_000 + i))));
    tasks.save(tasks.findById("t3").orElseThrow().assignedTo("agent & co"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> get(String query) throws Exception {
    return server.get("/tasks" + query);
  }

  private static List<String> ids(HttpResponse<String> response) throws IOException {
    assertEquals(200, response.statusCode(), response.body());
    return PARSER.readTree(response.body()).get("items").findValuesAsText("id");
  }

  private static Optional<String> link(HttpResponse<String> response, String relation) {
    String all = response.headers().firstValue("Link").orElseThrow();
    Matcher link = LINK.matcher(all);
    while (link.find()) {
      if (link.group(2).equals(relation)) {
        return Optional.of(link.group(1));
      }
    }
    return Optional.empty();
  }

  private static List<String> newest(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "t" + (22 - i)).toList();
  }

  @ParameterizedTest
  @EnumSource
  void theLinksLeadThroughAllPagesAndBack(In in) throws Exception {
    server = in.serve(TaskListing.pages(tasks));
    List<String> seen = new ArrayList<>();
    HttpResponse<String> page = get("?limit=5&total=true");
    assertEquals("application/json", page.headers().firstValue("Content-Type").orElseThrow());
    assertEquals(23, PARSER.readTree(page.body()).get("total").intValue());
    assertEquals(Optional.empty(), link(page, "prev"));
    String last = "";
    while (true) {
      seen.addAll(ids(page));
      Optional<String> next = link(page, "next");
      if (next.isEmpty()) {
        break;
      }
      assertEquals(
          PARSER.readTree(page.body()).get("next").textValue(),
          next.get().substring(next.get().indexOf("cursor=") + 7));
      last = next.get();
      page = get(next.get());
    }
    assertEquals(newest(0, 23), seen);
    assertTrue(last.contains("limit=5") && last.contains("total=true"), last);

    HttpResponse<String> before = get(link(page, "prev").orElseThrow());
    assertEquals(newest(15, 20), ids(before));
    assertEquals(newest(0, 5), ids(get(link(before, "first").orElseThrow())));
  }

  @ParameterizedTest
  @EnumSource
  void pagesByNumberLeadOnToo(In in) throws Exception {
    server = in.serve(TaskListing.pages(tasks));
    HttpResponse<String> third = get("?limit=10&page=3");

    JsonNode node = PARSER.readTree(third.body());
    assertEquals(newest(20, 23), ids(third));
    assertEquals(3, node.get("totalPages").intValue());
    assertEquals(23, node.get("total").intValue());
    assertEquals(Optional.empty(), link(third, "next"));
    assertEquals(newest(10, 20), ids(get(link(third, "prev").orElseThrow())));
    assertEquals(newest(0, 10), ids(get(link(third, "first").orElseThrow())));
    assertEquals(newest(20, 23), ids(get(link(third, "last").orElseThrow())));
    HttpResponse<String> beyond = get("?limit=10&page=9");
    assertEquals(List.of(), ids(beyond));
    assertEquals(newest(20, 23), ids(get(link(beyond, "prev").orElseThrow())));
  }

  @ParameterizedTest
  @EnumSource
  void everyParameterNarrowsAndIsKeptInTheLinks(In in) throws Exception {
    server = in.serve(TaskListing.pages(tasks));
    assertEquals(List.of("t3"), ids(get("?agent=agent+%26%20co")));
    assertEquals(List.of("t3"), ids(get("?status=assigned")));
    assertEquals(23, ids(get("?status=PENDING&status=assigned&limit=100")).size());
    assertEquals(23, ids(get("?status=PENDING,ASSIGNED&limit=100")).size());
    assertEquals(List.of("t2", "t5"), ids(get("?order=urgent_first&limit=2")));
    assertEquals(7, ids(get("?minPriority=2&limit=100")).size());
    assertEquals(List.of("t22"), ids(get("?text=%22" + "22%22")));
    assertEquals(
        List.of("t5", "t4"),
        ids(get("?createdFrom=1970-01-01T00:16:44Z&createdBefore=1970-01-01T00:16:46Z")));
    assertEquals(List.of(), ids(get("?&agent=nobody&&")));

    HttpResponse<String> first = get("?text=t%C3%A4sk&limit=1&status=pending&status=assigned");
    assertEquals(newest(0, 1), ids(first));
    assertEquals(newest(1, 2), ids(get(link(first, "next").orElseThrow())));
  }

  @ParameterizedTest
  @EnumSource
  void aBadParameterIsNamed(In in) throws Exception {
    server = in.serve(TaskListing.pages(tasks).maxLimit(50));
    refused("limit", "?limit=0", "limit is '0', it must be a whole number from 1 to 50");
    refused("limit", "?limit=51", "from 1 to 50");
    refused("limit", "?limit=99999999999", "from 1 to 50");
    refused("limit", "?limit=", "from 1 to 50");
    refused("limit", "?limit=1&limit=2", "limit stands 2 times; give it once");
    refused("page", "?page=0", "from 1 to 2000");
    refused("page", "?limit=50&page=2001", "from 1 to 2000");
    refused("cursor", "?cursor=no", "not a cursor");
    refused("status", "?status=done", "one of [PENDING, ASSIGNED, COMPLETED]");
    refused("status", "?status=pending,", "status is ''");
    refused("order", "?order=oldest", "one of [URGENT_FIRST, NEWEST_FIRST]");
    refused("agent", "?agent=", "agent is blank");
    refused("agent", "?agent=%00", "control character");
    refused("minPriority", "?minPriority=high", "whole number");
    refused("text", "?text=", "text is empty");
    refused("createdFrom", "?createdFrom=yesterday", "such as 2026-01-31T23:59:59Z");
    refused("createdFrom", "?createdFrom=1815-12-10T00:00:00Z", "times from 1970");
    refused(
        "createdBefore",
        "?createdFrom=2026-01-02T00:00:00Z&createdBefore=2026-01-01T00:00:00Z",
        "after createdFrom");
    refused("total", "?total=1", "true or false");
    refused("text", "?text=%FF", "not UTF-8");
    refused("offset", "?offset=7", "there is no parameter 'offset'; there are agent, createdB");
    String cursor = link(get("?limit=5"), "next").orElseThrow();
    refused("cursor", cursor + "&order=urgent_first", "belongs to another query");
    refused("cursor", cursor + "&page=2", "not by both");
  }

  private void refused(String parameter, String query, String detail) throws Exception {
    HttpResponse<String> response = get(query);
    assertEquals(400, response.statusCode(), query);
    assertEquals(
        "application/problem+json", response.headers().firstValue("Content-Type").orElseThrow());
    JsonNode node = PARSER.readTree(response.body());
    assertEquals(parameter, node.get("parameter").textValue(), query);
    assertEquals(400, node.get("status").intValue());
    assertTrue(node.get("detail").textValue().contains(detail), response.body());
  }

  @ParameterizedTest
  @EnumSource
  void aStreamHasALineForEachTask(In in) throws Exception {
    server = in.serve(TaskListing.stream(tasks));
    HttpResponse<String> all = get("");
    assertEquals(200, all.statusCode());
    assertEquals("application/x-ndjson", all.headers().firstValue("Content-Type").orElseThrow());
    assertEquals("nosniff", all.headers().firstValue("X-Content-Type-Options").orElseThrow());
    assertTrue(all.body().endsWith("}\n"), all.body());
    assertEquals(newest(0, 23), lines(all));
    assertEquals(newest(0, 4), lines(get("?limit=4")));
    assertEquals(List.of("t3"), lines(get("?agent=agent%20%26%20co")));
    assertEquals("", get("?agent=nobody").body());
    refused("page", "?page=1", "no parameter 'page'");
    refused("limit", "?limit=0", "from 1 to 2147483647");
  }

  private static List<String> lines(HttpResponse<String> response) throws IOException {
    List<String> ids = new ArrayList<>();
    for (String line : response.body().split("\n", -1)) {
      if (!line.isEmpty()) {
        ids.add(PARSER.readTree(line).get("id").textValue());
      }
    }
    return ids;
  }

  @ParameterizedTest
  @EnumSource
  void whatNoCacheHearsOfIsNotToBeKept(In in) throws Exception {
    server = in.serve(TaskListing.pages(tasks));
    assertEquals(Optional.empty(), kept(get("?agent=nobody")));
    assertEquals(Optional.of("no-store"), kept(get("?createdFrom=2026-01-01T00:00:00Z")));
    assertEquals(Optional.of("no-store"), kept(get("?page=1&createdBefore=2026-01-01T00:00:00Z")));
    assertEquals(Optional.of("no-store"), kept(get("?limit=0")));
    server.close();
    server = in.serve(TaskListing.stream(tasks));
    assertEquals(Optional.of("no-store"), kept(get("")));
  }

  private static Optional<String> kept(HttpResponse<String> response) {
    return response.headers().firstValue("Cache-Control");
  }

  @ParameterizedTest
  @EnumSource
  void aStreamGoesOnFromACursorAndNeverBackward(In in) throws Exception {
    try (TestServer pages = in.serve(TaskListing.pages(tasks))) {
      HttpResponse<String> second =
          pages.get("/tasks" + link(pages.get("/tasks?limit=5"), "next").orElseThrow());
      JsonNode node = PARSER.readTree(second.body());
      server = in.serve(TaskListing.stream(tasks));
      assertEquals(newest(10, 23), lines(get("?cursor=" + node.get("next").textValue())));
      refused("cursor", "?cursor=" + node.get("previous").textValue(), "points backward");
    }
  }

  @ParameterizedTest
  @EnumSource
  void headsAndOtherMethods(In in) throws Exception {
    server = in.serve(TaskListing.pages(tasks));
    HttpResponse<String> head = server.send("HEAD", "/tasks?limit=5");
    HttpResponse<String> whole = get("?limit=5");
    assertEquals("", head.body());
    assertEquals(
        whole.headers().firstValue("Link"), head.headers().firstValue("Link"), "the same head");
    assertEquals(
        whole.body().getBytes(StandardCharsets.UTF_8).length,
        whole.headers().firstValueAsLong("Content-Length").orElse(-1));

    HttpResponse<String> post = server.send("POST", "/tasks");
    assertEquals(405, post.statusCode());
    assertEquals("GET, HEAD", post.headers().firstValue("Allow").orElseThrow());
    try (TestServer streams = in.serve(TaskListing.stream(tasks))) {
      assertEquals("", streams.send("HEAD", "/tasks").body());
    }
  }

  /** The repository, but what a method does first is another thing. */
  private TaskRepository failing(RuntimeException failure, int after) {
    return (TaskRepository)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {TaskRepository.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("stream") && after > 0) {
                Task one = tasks.findById("t1").orElseThrow();
                Stream<Task> rows =
                    Stream.iterate(1, i -> i + 1)
                        .map(
                            i -> {
                              if (i > after) {
                                throw failure;
                              }
                              return one;
                            });
                @SuppressWarnings("unchecked")
                var use = (Function<Stream<Task>, ?>) arguments[1];
                return use.apply(rows);
              }
              throw failure;
            });
  }

  @ParameterizedTest
  @EnumSource
  void aBusyRepositoryIsToldAsUnavailable(In in) throws Exception {
    TaskRepository busy = failing(new RepositoryBusyException("busy"), 0);
    for (TaskListing listing : List.of(TaskListing.pages(busy), TaskListing.stream(busy))) {
      server = in.serve(listing);
      HttpResponse<String> response = get("");
      assertEquals(503, response.statusCode());
      assertEquals("1", response.headers().firstValue("Retry-After").orElseThrow());
      assertFalse(response.body().contains("busy"));
      server.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStreamThatFailsOnItsWayBreaksOff(In in) throws Exception {
    TaskRepository broken = failing(new RepositoryBusyException("busy"), 20_000);
    server = in.serve(TaskListing.stream(broken));
    IOException cut = assertThrows(IOException.class, () -> get(""));
    assertFalse(cut instanceof HttpTimeoutException, cut::toString);
  }
}
