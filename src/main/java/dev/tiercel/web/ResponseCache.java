package dev.tiercel.web;

import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.Tags;
import dev.tiercel.cache.TieredCache;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * Keeps the responses of an application's handlers in a {@link TieredCache} and answers with them:
 * a shared cache of HTTP (RFC 9111) inside the application, which is told of writes. What a handler
 * read from caches on the same ledger, or names in a {@code Cache-Tag} field, its response depends
 * on: a write to it makes the response void before the write returns, in every tier.
 *
 * <p>Kept is what HTTP lets a shared cache keep, with a freshness that the handler gives, or {@link
 * ResponseCacheBuilder#ttl}. What a handler reads on threads of its own is not noticed; it names
 * the tags of that itself. Where the cache fails or is full, handlers are asked. Thread-safe.
 *
 * <pre>{@code
 * server.createContext("/tasks", handler)
 *     .getFilters()
 *     .add(ResponseCache.of(cache).ttl(Duration.ofSeconds(30)).filter());
 * }</pre>
 */
public final class ResponseCache implements WebFilter {
  private static final Set<String> LOOKED_UP = Set.of("GET", "HEAD");
  private static final Set<String> SAFE = Set.of("OPTIONS", "TRACE");

  final TieredCache cache;
  final CacheRules rules;
  final RequestKeys keys;
  final ResponseStore store;
  final Outward outward;
  final Flights flights = new Flights();
  final PassMemory passes = new PassMemory();
  final ResponseCounters counters = new ResponseCounters();
  final int mostBytes;
  final boolean heedsClients;
  final boolean tellsStatus;
  final Duration patience;

  ResponseCache(ResponseCacheBuilder built) {
    this.cache = built.cache();
    this.rules = built.rules();
    this.keys = built.keys();
    this.store = new ResponseStore(cache, keys, built.keptStale());
    this.outward = new Outward(rules);
    this.mostBytes = built.mostBytes();
    this.heedsClients = built.heedsClients();
    this.tellsStatus = built.tellsStatus();
    this.patience = built.patience();
  }

  /**
   * Describes a response cache.
   *
   * @param cache where the responses are kept; bounded by bytes ({@code memory}) rather than
   *     entries
   * @return a builder
   */
  public static ResponseCacheBuilder of(TieredCache cache) {
    return new ResponseCacheBuilder(cache);
  }

  @Override
  public void handle(WebExchange exchange) throws Exception {
    String method = exchange.request().method();
    Passage passage = new Passage(this, exchange);
    if (LOOKED_UP.contains(method)) {
      passage.lookUp();
    } else if (SAFE.contains(method)) {
      passage.pass("method");
    } else {
      new UnsafePassage(this, exchange).proceed();
    }
  }

  /**
   * Makes the response that this thread is working on depend on tags, like a {@code Cache-Tag}
   * field, but for code that does not know the response.
   *
   * @param tags what the response shows
   * @return whether there is such a response; false also where it would not be kept anyway
   */
  public boolean dependsOn(Tags tags) {
    return Ledger.of(cache).dependsOn(Objects.requireNonNull(tags, "tags must not be null"));
  }

  /**
   * What the cache did so far.
   *
   * @return a snapshot
   */
  public ResponseCacheStats stats() {
    return counters.snapshot();
  }
}
