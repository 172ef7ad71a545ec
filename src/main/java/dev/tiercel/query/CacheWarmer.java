package dev.tiercel.query;

import dev.tiercel.cache.TieredCache;
import dev.tiercel.resource.ExecutorStats;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls that fill a cache before somebody waits for them: at the start, and again and
 * again. It does not make values fresher, since a cache is never stale; what it saves is the load
 * after a start, a write or an expiry.
 *
 * <p>What fails is reported and tried again, sooner at first and then more slowly; it never ends
 * the schedule. Thread-safe.
 *
 * <pre>{@code
 * try (CacheWarmer warmer =
 *     CacheWarmer.builder(cache)
 *         .query("board", Duration.ofMinutes(5), () -> tasks.find(TaskQuery.pending().limit(50)))
 *         .rate(20)
 *         .start()) {
 *   ...
 * }
 * }</pre>
 */
public final class CacheWarmer implements AutoCloseable {
  private final List<WarmUp> warmUps;
  private final List<ExecutorService> own;
  private final @Nullable ThreadPoolExecutor callers; // One of them; null if it was given others.

  CacheWarmer(
      List<WarmUp> warmUps, List<ExecutorService> own, @Nullable ThreadPoolExecutor callers) {
    this.warmUps = warmUps;
    this.own = own;
    this.callers = callers;
    warmUps.forEach(WarmUp::start);
  }

  /**
   * Describes a warmer.
   *
   * @param cache the cache whose keys are refreshed by {@link CacheWarmerBuilder#key}
   * @return a builder
   */
  public static CacheWarmerBuilder builder(TieredCache cache) {
    return new CacheWarmerBuilder(cache);
  }

  /**
   * Warms everything now and waits for it. A round that is under way counts as this one.
   *
   * @return what became of it, all queries together
   * @throws InterruptedException if this thread is interrupted while it waits; the warming goes on
   */
  public WarmReport warmNow() throws InterruptedException {
    List<CompletableFuture<WarmReport>> rounds = warmUps.stream().map(WarmUp::now).toList();
    WarmReport all = WarmReport.NOTHING;
    for (CompletableFuture<WarmReport> round : rounds) {
      try {
        all = all.and(round.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException(e); // A round never ends that way.
      }
    }
    return all;
  }

  /**
   * How each query is doing.
   *
   * @return a snapshot, in the order in which they were named
   */
  public List<WarmOutcome> outcomes() {
    return warmUps.stream().map(WarmUp::outcome).toList();
  }

  /**
   * What the threads do that make the calls.
   *
   * @return a snapshot, or empty if it was {@linkplain CacheWarmerBuilder#executor given} an
   *     executor
   */
  public Optional<ExecutorStats> executorStats() {
    return Optional.ofNullable(callers).map(ExecutorStats::of);
  }

  /**
   * Stops: no call is begun any more, and those under way are interrupted; the load of a {@link
   * CacheWarmerBuilder#key} goes on in the cache. It does not wait for them. Closing again does
   * nothing.
   */
  @Override
  public void close() {
    warmUps.forEach(WarmUp::close);
    own.forEach(ExecutorService::shutdown);
  }
}
