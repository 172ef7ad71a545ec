package dev.tiercel.web;

import com.sun.net.httpserver.Filter;
import dev.tiercel.cache.TieredCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Describes a {@link ResponseCache}. Not thread-safe. */
public final class ResponseCacheBuilder {
  private static final Duration LONGEST = Duration.ofDays(24);
  private static final int LARGEST = 64 << 20;

  private final TieredCache cache;
  private String name = "web";
  private Duration ttl = Duration.ZERO;
  private boolean onlyTagged;
  private double heuristic;
  private List<String> targets = List.of("Tiercel-Cache-Control", "CDN-Cache-Control");
  private String tagField = "Cache-Tag";
  private boolean keepsCookies;
  private boolean ignoresCookies;
  private boolean heedsClients = true;
  private boolean tellsStatus = true;
  private Duration staleWhileRevalidate = Duration.ZERO;
  private Duration staleIfError = Duration.ZERO;
  private Duration keptStale = Duration.ofHours(1);
  private Duration patience = Duration.ofSeconds(30);
  private int mostBytes = 1 << 20;
  private final List<String> keyFields = new ArrayList<>();
  private final Set<String> ignoredQuery = new HashSet<>();
  private InstantSource clock = InstantSource.system();

  ResponseCacheBuilder(TieredCache cache) {
    this.cache = Objects.requireNonNull(cache, "cache must not be null");
  }

  /**
   * What the keys of the responses begin with, so that {@code cache.invalidatePrefix(name + ":")}
   * forgets them all; {@code web} unless it is set. Two response caches on one {@link TieredCache}
   * that answer differently to the same request need two names.
   *
   * @param prefix the name, of letters and digits
   * @return this
   * @throws IllegalArgumentException if it is anything else
   */
  public ResponseCacheBuilder name(String prefix) {
    if (!prefix.matches("[A-Za-z0-9_-]{1,40}")) {
      throw new IllegalArgumentException(
          "name must be 1 to 40 letters, digits, - or _, but is '" + prefix + "'");
    }
    this.name = prefix;
    return this;
  }

  /**
   * How long responses are fresh of which their handler says nothing: those to requests without
   * {@code Cookie} and {@code Authorization}, with status 200, 203, 204, 301 or 308, and, if they
   * carry tags, 404 and 410. Unless it is set, only what its handler gives a freshness is kept.
   *
   * @param time the time, counted in whole seconds
   * @return this
   * @throws IllegalArgumentException if it is shorter than a second or longer than 24 days
   */
  public ResponseCacheBuilder ttl(Duration time) {
    this.ttl = between("ttl", time, Duration.ofSeconds(1));
    return this;
  }

  /**
   * Has {@link #ttl} hold only for responses that carry tags, so that nothing is kept by time alone
   * that its handler says nothing of.
   *
   * @return this
   */
  public ResponseCacheBuilder onlyTagged() {
    this.onlyTagged = true;
    return this;
  }

  /**
   * Takes responses without freshness for fresh for a share of the time since they last changed, at
   * most for a day (RFC 9111 §4.2.2). Off unless it is set: it is a guess.
   *
   * @param share the share, above 0 and at most 1; 0.1 is usual
   * @return this
   * @throws IllegalArgumentException if it is not
   */
  public ResponseCacheBuilder heuristic(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "heuristic must be above 0 and at most 1, but is " + share);
    }
    this.heuristic = share;
    return this;
  }

  /**
   * The fields that speak to this cache in place of {@code Cache-Control} (RFC 9213); {@code
   * Tiercel-Cache-Control} and {@code CDN-Cache-Control} unless they are set. Those that begin with
   * {@code Tiercel-} go no further.
   *
   * @param fields the names, the most specific first
   * @return this
   * @throws IllegalArgumentException if one is not the name of a field
   */
  public ResponseCacheBuilder targets(String... fields) {
    this.targets = Arrays.stream(fields).map(ResponseCacheBuilder::field).toList();
    return this;
  }

  /**
   * The field in which handlers name tags, with commas or spaces between them; {@code Cache-Tag}
   * unless it is set. It goes no further.
   *
   * @param field the name of the field
   * @return this
   * @throws IllegalArgumentException if it is not the name of a field
   */
  public ResponseCacheBuilder tagField(String field) {
    this.tagField = field(field);
    return this;
  }

  private static String field(String name) {
    return new HttpFields.Field(name, "").name();
  }

  /**
   * Keeps responses that set cookies, and sets them for everybody who is served. HTTP allows it; a
   * session that is shared so is a leak.
   *
   * @return this
   */
  public ResponseCacheBuilder keepCookies() {
    this.keepsCookies = true;
    return this;
  }

  /**
   * Has {@link #ttl} hold for requests with cookies too: the application's responses do not depend
   * on them, or say so in {@code Vary} or {@code Cache-Control}.
   *
   * @return this
   */
  public ResponseCacheBuilder ignoreCookies() {
    this.ignoresCookies = true;
    return this;
  }

  /**
   * Pays no regard to what clients say in {@code Cache-Control} and {@code Pragma}, so that nobody
   * can make the handlers work by asking for what is new. HTTP allows it.
   *
   * @return this
   */
  public ResponseCacheBuilder ignoreClientDirectives() {
    this.heedsClients = false;
    return this;
  }

  /**
   * Leaves out the {@code Cache-Status} field, which tells clients how a response came about.
   *
   * @return this
   */
  public ResponseCacheBuilder withoutCacheStatus() {
    this.tellsStatus = false;
    return this;
  }

  /**
   * For how long a response may be used while it is loaded anew, where its handler does not say
   * (RFC 5861). Never after a write to what it shows.
   *
   * @param time the time after the end of its freshness
   * @return this
   * @throws IllegalArgumentException if it is negative or longer than 24 days
   */
  public ResponseCacheBuilder staleWhileRevalidate(Duration time) {
    this.staleWhileRevalidate = between("staleWhileRevalidate", time, Duration.ZERO);
    return this;
  }

  /**
   * For how long a response may be used if its handler throws or answers 500, 502, 503 or 504,
   * where it does not say (RFC 5861). Never after a write to what it shows.
   *
   * @param time the time after the end of its freshness
   * @return this
   * @throws IllegalArgumentException if it is negative or longer than 24 days
   */
  public ResponseCacheBuilder staleIfError(Duration time) {
    this.staleIfError = between("staleIfError", time, Duration.ZERO);
    return this;
  }

  /**
   * For how long a response that is no longer fresh is kept, so that its handler can be asked
   * whether it is unchanged; an hour unless it is set.
   *
   * @param time the time
   * @return this
   * @throws IllegalArgumentException if it is negative or longer than 24 days
   */
  public ResponseCacheBuilder keepStale(Duration time) {
    this.keptStale = between("keepStale", time, Duration.ZERO);
    return this;
  }

  /**
   * How long a request waits for another one's answer before it goes to the handler itself; 30 s
   * unless it is set.
   *
   * @param time the time
   * @return this
   * @throws IllegalArgumentException if it is negative or longer than 24 days
   */
  public ResponseCacheBuilder patience(Duration time) {
    this.patience = between("patience", time, Duration.ZERO);
    return this;
  }

  private static Duration between(String what, Duration time, Duration least) {
    if (time.compareTo(least) < 0 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s must be between %s and 24 days, but is %s".formatted(what, least, time));
    }
    return time;
  }

  /**
   * How large the body of a response may be that is kept; 1 MiB unless it is set. A longer one goes
   * to the client as it comes, and so many bytes of it are held back at most.
   *
   * @param most how many bytes, between 1 and 64 MiB
   * @return this
   * @throws IllegalArgumentException if it is not
   */
  public ResponseCacheBuilder maxBody(int most) {
    if (most < 1 || most > LARGEST) {
      throw new IllegalArgumentException(
          "maxBody must be between 1 and %d bytes, but is %d".formatted(LARGEST, most));
    }
    this.mostBytes = most;
    return this;
  }

  /**
   * Request fields that responses depend on though their handlers do not say so in {@code Vary}.
   *
   * @param fields the names
   * @return this
   * @throws IllegalArgumentException if one is not the name of a field
   */
  public ResponseCacheBuilder keyFields(String... fields) {
    for (String each : fields) {
      keyFields.add(field(each).toLowerCase(Locale.ROOT));
    }
    return this;
  }

  /**
   * Query parameters that responses do not depend on, such as those that follow a campaign.
   *
   * @param names the names, as they are sent
   * @return this
   */
  public ResponseCacheBuilder ignoreQuery(String... names) {
    ignoredQuery.addAll(List.of(names));
    return this;
  }

  /**
   * Tells the time, for tests that set it.
   *
   * @param source the clock
   * @return this
   */
  public ResponseCacheBuilder clock(InstantSource source) {
    this.clock = Objects.requireNonNull(source, "clock must not be null");
    return this;
  }

  /**
   * Makes the response cache.
   *
   * @return the response cache; it has nothing to close
   */
  public ResponseCache build() {
    return new ResponseCache(this);
  }

  /**
   * Short for {@code build().forJdkServer()}.
   *
   * @return a filter for the JDK's server
   */
  public Filter filter() {
    return build().forJdkServer();
  }

  /**
   * Short for {@code build().forServlets()}.
   *
   * @return a filter for a servlet container
   */
  public jakarta.servlet.Filter servletFilter() {
    return build().forServlets();
  }

  TieredCache cache() {
    return cache;
  }

  CacheRules rules() {
    return new CacheRules(
        ttl,
        onlyTagged,
        heuristic,
        targets,
        tagField,
        keepsCookies,
        ignoresCookies,
        staleWhileRevalidate,
        staleIfError,
        clock);
  }

  RequestKeys keys() {
    return new RequestKeys(name, keyFields, ignoredQuery);
  }

  Duration keptStale() {
    return keptStale;
  }

  Duration patience() {
    return patience;
  }

  int mostBytes() {
    return mostBytes;
  }

  boolean heedsClients() {
    return heedsClients;
  }

  boolean tellsStatus() {
    return tellsStatus;
  }
}
