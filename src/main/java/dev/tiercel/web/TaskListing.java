package dev.tiercel.web;

import com.sun.net.httpserver.HttpHandler;
import dev.tiercel.task.NumberedPage;
import dev.tiercel.task.Page;
import dev.tiercel.task.RepositoryBusyException;
import dev.tiercel.task.RepositoryClosedException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskFilter;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Answers requests for tasks: page by page, or all of them as a stream. Thread-safe.
 *
 * <p>The query string says which: {@code agent}; {@code status}, several times or with commas;
 * {@code order}; {@code createdFrom} and {@code createdBefore}; {@code minPriority}; {@code text}.
 * What is not known, or not what it must be, is answered with 400 and a {@link Problem} whose
 * {@code parameter} names it. A repository that is busy or closed is answered with 503. Other
 * failures of the repository are thrown.
 *
 * <p><b>Pages</b> ({@link #pages}): {@code limit}, and {@code cursor} as the page before handed it
 * out, or {@code page} for the number of one; {@code total=true} asks for the number of tasks in
 * all. The body is what {@link TaskJson} writes, and a {@code Link} field leads to the neighbours.
 *
 * <p><b>Streams</b> ({@link #stream}): every task as one line of JSON, {@code
 * application/x-ndjson}, of unknown length; {@code limit} bounds how many. Memory holds one batch,
 * and while the client is slow, nothing of the database is held: no connection, no snapshot. So a
 * task that is changed meanwhile comes as it is when its batch is read. If the repository fails on
 * the way, the connection breaks off before the end of the body, so that the client does not take
 * the part for the whole.
 *
 * <p>A response cache in front of it may keep pages of a cached repository: it hears of the writes
 * that change them. Streams, and pages by time of creation, are answered past the repository's
 * cache and say {@code no-store}.
 *
 * <p>It is a {@link WebFilter} that always answers and asks no handler; {@link #handler} is the
 * same for the JDK's server, and {@link #answer} for any other.
 *
 * <pre>{@code
 * server.createContext("/tasks", TaskListing.pages(tasks).handler());
 * server.createContext("/tasks/all", TaskListing.stream(tasks).handler());
 * }</pre>
 */
public final class TaskListing implements WebFilter {
  /** The largest page unless {@link #maxLimit} says another. */
  public static final int DEFAULT_MAX_LIMIT = 1_000;

  /** How deep pages by number go, in tasks; beyond that only cursors lead. */
  public static final int DEEPEST = 100_000;

  private static final int BATCH = 1_000;
  private static final String JSON = "application/json";
  private static final String NDJSON = "application/x-ndjson";

  private final TaskRepository tasks;
  private final boolean streaming;
  private final int maxLimit;

  private TaskListing(TaskRepository tasks, boolean streaming, int maxLimit) {
    this.tasks = Objects.requireNonNull(tasks, "tasks must not be null");
    this.streaming = streaming;
    this.maxLimit = maxLimit;
  }

  /**
   * Answers with pages.
   *
   * @param tasks where the tasks are; a cached repository answers most pages from its cache
   * @return the listing
   */
  public static TaskListing pages(TaskRepository tasks) {
    return new TaskListing(tasks, false, DEFAULT_MAX_LIMIT);
  }

  /**
   * Answers with streams.
   *
   * @param tasks where the tasks are
   * @return the listing
   */
  public static TaskListing stream(TaskRepository tasks) {
    return new TaskListing(tasks, true, DEFAULT_MAX_LIMIT);
  }

  /**
   * The same with another largest page; {@value #DEFAULT_MAX_LIMIT} unless it is set. A page is
   * made in memory, so this bounds what a request takes.
   *
   * @param most the largest {@code limit} of a page that is granted, from 1 to {@value
   *     TaskQuery#MAX_LIMIT}; it does not bound streams
   * @return the listing
   * @throws IllegalArgumentException if it is out of that range
   */
  public TaskListing maxLimit(int most) {
    if (most < 1 || most > TaskQuery.MAX_LIMIT) {
      throw new IllegalArgumentException(
          "maxLimit must be from 1 to %d, but is %d; longer listings are streamed"
              .formatted(TaskQuery.MAX_LIMIT, most));
    }
    return new TaskListing(tasks, streaming, most);
  }

  /**
   * This listing as a handler of the JDK's server.
   *
   * @return the handler, thread-safe
   */
  public HttpHandler handler() {
    return exchange -> answer(JdkExchange.of(exchange));
  }

  @Override
  public void handle(WebExchange exchange) throws IOException {
    answer(exchange);
  }

  private void answer(WebExchange exchange) throws IOException {
    answer(exchange.request(), exchange);
  }

  /**
   * Answers a request, whatever server it came through.
   *
   * @param request the request, of which method and query count
   * @param responder the way to the client. Its body is closed only when it is whole
   * @throws IOException if the client cannot be answered
   * @throws dev.tiercel.task.TaskRepositoryException if the repository fails otherwise than by
   *     being busy or closed, or does so in the middle of a stream
   */
  public void answer(WebRequest request, Responder responder) throws IOException {
    if (!request.method().equals("GET") && !request.isHead()) {
      new Problem(
              Problem.BLANK,
              405,
              "Method Not Allowed",
              "only GET and HEAD are answered here",
              Map.of())
          .answer(responder, HttpFields.of("Allow", "GET, HEAD"));
      return;
    }
    Response response = new Response(responder);
    try {
      if (streaming) {
        stream(request, response);
      } else {
        page(request, response);
      }
    } catch (BadParameterException e) {
      e.problem().answer(responder, HttpFields.none());
    } catch (RepositoryBusyException | RepositoryClosedException e) {
      if (response.begun) {
        throw e;
      }
      new Problem(
              Problem.BLANK,
              503,
              "Service Unavailable",
              "the tasks cannot be read now; try again",
              Map.of())
          .answer(responder, HttpFields.of("Retry-After", "1"));
    }
  }

  private void page(WebRequest request, Response response)
      throws IOException, BadParameterException {
    ListingRequest asked = ListingRequest.page(request.query(), maxLimit, DEEPEST);
    StringBuilder body = new StringBuilder();
    String link;
    if (asked.page() > 0) {
      NumberedPage<Task> page = tasks.findPage(asked.query(), asked.page());
      TaskJson.write(page, body);
      link = Links.of(asked.parameters(), page, Math.max(1, DEEPEST / asked.query().limit()));
    } else {
      Page<Task> page = tasks.find(asked.query());
      TaskJson.write(page, body);
      link = Links.of(asked.parameters(), page);
    }
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    HttpFields fields = HttpFields.of("Content-Type", JSON, "Link", link);
    try (OutputStream out =
        response.begin(isTracked(asked.query()) ? fields : unkept(fields), bytes.length)) {
      out.write(bytes);
    }
  }

  /* A query cache passes these on, so a response cache would not hear of writes to them. */
  private static boolean isTracked(TaskQuery query) {
    TaskFilter filter = query.filter();
    return filter.createdFrom() == null && filter.createdBefore() == null;
  }

  private static HttpFields unkept(HttpFields fields) {
    return fields.and("Cache-Control", "no-store");
  }

  private void stream(WebRequest request, Response response)
      throws IOException, BadParameterException {
    ListingRequest asked = ListingRequest.stream(request.query());
    long most = asked.most();
    TaskQuery batches = asked.query().limit((int) Math.min(BATCH, most));
    HttpFields fields = unkept(HttpFields.of("Content-Type", NDJSON));
    if (request.isHead()) {
      response.begin(fields, ResponseHead.UNKNOWN).close();
      return;
    }
    Optional<IOException> failed =
        tasks.stream(
            batches,
            rows -> {
              try {
                TaskLines lines = new TaskLines(rows.limit(most).iterator());
                lines.writeTo(() -> response.begin(fields, ResponseHead.UNKNOWN));
                return Optional.empty();
              } catch (IOException e) {
                return Optional.of(e);
              }
            });
    if (failed.isPresent()) {
      throw failed.get();
    }
  }

  /** Begins the response, and remembers that it did. */
  private static final class Response {
    private final Responder responder;
    private boolean begun;

    Response(Responder responder) {
      this.responder = responder;
    }

    OutputStream begin(HttpFields fields, long length) throws IOException {
      begun = true;
      return responder.respond(
          ResponseHead.of(200, fields.and("X-Content-Type-Options", "nosniff"), length));
    }
  }
}
