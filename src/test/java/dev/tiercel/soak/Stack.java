package dev.tiercel.soak;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.tiercel.Tiercel;
import dev.tiercel.async.AsyncCalls;
import dev.tiercel.async.AsyncTaskRepository;
import dev.tiercel.pool.ObjectPool;
import dev.tiercel.resource.ResourceManager;
import dev.tiercel.task.Task;
import dev.tiercel.web.RateLimit;
import dev.tiercel.web.ResponseCache;
import dev.tiercel.web.TaskListing;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** All of it, open: repository, cache, warmer, meters, server, futures, an object pool. */
final class Stack implements AutoCloseable {
  static final long CACHE_BYTES = 4 << 20;
  static final long SEGMENT_BYTES = 4 << 20;
  static final long LOG_BYTES = 16 << 20;
  static final int PAGES_PER_SECOND = 10;
  private static final int SERVING_THREADS = 8;

  static {
    // Else head and body wait for each other's acknowledgement, 40 ms each time.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final ResourceManager opened = ResourceManager.named("soak");
  final Tiercel tiercel;
  final AsyncTaskRepository later;
  final ObjectPool<AtomicBoolean> pool;
  final int port;

  Stack(Path folder, MeterRegistry meters, Complaints complaints) throws IOException {
    tiercel =
        opened.register(
            Tiercel.builder(folder.resolve("tasks.db"))
                .readers(4)
                .memory(8 << 20)
                .pageCache(2 << 20)
                .writeAheadLog(LOG_BYTES)
                .sqliteTier(folder.resolve("cache.db"), CACHE_BYTES)
                .fileTier(folder.resolve("cache"), SEGMENT_BYTES)
                .ttl(Duration.ofMinutes(1))
                .jitter(0.5)
                .failSafe(Duration.ofMinutes(1))
                .warm("pending", Duration.ofSeconds(1), tasks -> tasks.findPending(50))
                .warm("counts", Duration.ofSeconds(2), tasks -> tasks.stats())
                .build());
    tiercel.metrics().bindTo(meters);
    AsyncCalls calls =
        opened.register(AsyncCalls.builder().threads(4).queue(100).virtualThreads(false).build());
    later = AsyncTaskRepository.of(tiercel.tasks(), calls);
    pool =
        opened.register(
            ObjectPool.of(() -> new AtomicBoolean())
                .maxSize(3)
                .maxAge(Duration.ofMillis(200))
                .idleTimeout(Duration.ofMillis(500))
                .minIdle(1)
                .build());
    port = serve(complaints).getAddress().getPort();
  }

  private HttpServer serve(Complaints complaints) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads = Executors.newFixedThreadPool(SERVING_THREADS);
    opened.onClose("serving threads", () -> end(threads));
    opened.onClose("server", () -> server.stop(0));
    server.setExecutor(threads);
    HttpContext counts = server.createContext("/count/", told(this::count, complaints));
    HttpContext pages = server.createContext("/tasks", told(pages().handler(), complaints));
    HttpContext all = server.createContext("/all", told(stream().handler(), complaints));
    pages
        .getFilters()
        .add(RateLimit.of(PAGES_PER_SECOND, Duration.ofSeconds(1)).build().forJdkServer());
    Filter responses = ResponseCache.of(tiercel.cache()).ttl(Duration.ofSeconds(30)).filter();
    for (HttpContext context : List.of(counts, pages, all)) {
      context.getFilters().add(responses);
    }
    server.start();
    return server;
  }

  private TaskListing pages() {
    return TaskListing.pages(tiercel.tasks());
  }

  private TaskListing stream() {
    return TaskListing.stream(tiercel.tasks());
  }

  private static void end(ExecutorService threads) throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("a handler does not end");
    }
  }

  private void count(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestURI().getPath().substring("/count/".length());
    Task task = tiercel.tasks().findById(id).orElseThrow();
    byte[] body = Integer.toString(task.priority()).getBytes(StandardCharsets.US_ASCII);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /* The server swallows what a handler throws. That a client has hung up is no complaint. */
  private static HttpHandler told(HttpHandler handler, Complaints complaints) {
    return exchange -> {
      try {
        handler.handle(exchange);
      } catch (RuntimeException | Error e) {
        complaints.add("the handler of " + exchange.getRequestURI(), e);
        throw e;
      }
    };
  }

  @Override
  public void close() {
    opened.close();
  }
}
