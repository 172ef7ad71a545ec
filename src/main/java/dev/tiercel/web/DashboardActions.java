package dev.tiercel.web;

import dev.tiercel.cache.Tag;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.query.CacheWarmer;
import dev.tiercel.query.WarmReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What may be done from the page, on a thread of its own: one thing at a time, and whoever asked
 * does not wait for ever. Thread-safe.
 */
final class DashboardActions implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DashboardActions.class);
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final List<DashboardSource> sources;
  private final Duration patience;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          0, 1, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), DashboardThreads::thread);

  /**
   * What became of it.
   *
   * @param status the status of HTTP that says it
   * @param message a sentence for people
   */
  record Outcome(int status, String message) {
    static Outcome refused(String message) {
      return new Outcome(400, message);
    }
  }

  /**
   * Makes them.
   *
   * @param patience how long whoever asks waits at most
   */
  DashboardActions(List<DashboardSource> sources, Duration patience) {
    this.sources = sources;
    this.patience = patience;
  }

  /** Does what a form says. */
  Outcome act(String action, Map<String, String> form) throws InterruptedException {
    return switch (action) {
      case "invalidate" -> invalidate(form);
      case "warm" -> run(this::warm);
      default -> Outcome.refused("There is no such action.");
    };
  }

  private Outcome invalidate(Map<String, String> form) throws InterruptedException {
    String what = form.getOrDefault("what", "");
    if (what.isBlank()) {
      return Outcome.refused("Say which tag or prefix; nothing was invalidated.");
    }
    List<TieredCache> caches = caches(form.getOrDefault("cache", ""));
    if (caches.isEmpty()) {
      return Outcome.refused("There is no such cache; nothing was invalidated.");
    }
    return switch (form.getOrDefault("kind", "")) {
      case "tag" ->
          run(
              () -> {
                caches.forEach(cache -> cache.invalidate(Tag.of(what)));
                return done("Every answer with the tag " + what + " is void.");
              });
      case "prefix" ->
          run(
              () -> {
                caches.forEach(cache -> cache.invalidatePrefix(what));
                return done("Every answer whose key begins with " + what + " is void.");
              });
      default -> Outcome.refused("The kind must be tag or prefix; nothing was invalidated.");
    };
  }

  /** The cache of that name, or all of them. */
  private List<TieredCache> caches(String name) {
    return sources.stream()
        .filter(source -> name.isEmpty() || source.name.equals(name))
        .flatMap(source -> Stream.ofNullable(source.cache))
        .toList();
  }

  private Outcome warm() throws InterruptedException {
    int warmed = 0;
    int failed = 0;
    int left = 0;
    for (DashboardSource source : sources) {
      CacheWarmer warmer = source.warmer;
      if (warmer != null) {
        WarmReport report = warmer.warmNow();
        warmed += report.warmed();
        failed += report.failed();
        left += report.left();
      }
    }
    return done("Warmed " + warmed + ", failed " + failed + ", left " + left + ".");
  }

  private static Outcome done(String message) {
    log.info("By the dashboard: {}", message);
    return new Outcome(200, message);
  }

  private Outcome run(Callable<Outcome> work) throws InterruptedException {
    Future<Outcome> future;
    try {
      future = thread.submit(work);
    } catch (RejectedExecutionException e) {
      return new Outcome(409, "Something else is under way; try again when it is done.");
    }
    try {
      return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new Outcome(202, "It takes longer, and goes on.");
    } catch (ExecutionException e) {
      log.warn("An action of the dashboard failed", e.getCause());
      return new Outcome(500, "It failed: " + e.getCause());
    }
  }

  @Override
  public void close() {
    thread.shutdown(); // What is under way is let be: the cache that it writes to is still open.
  }
}
