package dev.tiercel.web;

import dev.tiercel.cache.Recording;
import dev.tiercel.web.Flights.Flight;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request that may be answered from what is kept, on its way through a {@link ResponseCache}. */
final class Passage {
  private static final String[] CONDITIONS = {"If-None-Match", "If-Modified-Since"};
  private static final int TIMEOUT = 504;

  /* Whoever waited for what a write has ended meanwhile shares the next one. */
  private static final int TURNS = 2;

  final ResponseCache owner;
  final WebExchange exchange;
  final WebRequest request;
  final String target;

  /** Whether the client has said who it is (RFC 9111 §3.5), in the request or beside it. */
  final boolean isPersonal;

  private final CacheControl wish;

  Passage(ResponseCache owner, WebExchange exchange) {
    this.owner = owner;
    this.exchange = exchange;
    this.request = exchange.request();
    this.target = owner.keys.target(request);
    this.isPersonal = request.fields().has("Authorization") || exchange.isAuthenticated();
    this.wish = wish();
  }

  private CacheControl wish() {
    if (!owner.heedsClients) {
      return CacheControl.NONE;
    }
    HttpFields fields = request.fields();
    boolean isOld = !fields.has("Cache-Control") && fields.has("Pragma");
    return isOld ? CacheControl.parse(fields.joined("Pragma").orElse("")) : CacheControl.of(fields);
  }

  /** Lets the handler answer, and keeps nothing. */
  void pass(String why) throws Exception {
    owner.counters.passed.increment();
    forward(why);
  }

  private void forward(String why) throws Exception {
    try (Recording recording = Recording.start(owner.cache)) {
      exchange.proceed(
          request.fields(),
          head -> {
            boolean isTagged = owner.outward.isTagged(head.fields()) || recording.isDependent();
            HttpFields visible = owner.outward.toClient(head.fields(), isTagged);
            return exchange.respond(head.with(told(visible, CacheStatus.forwarded(why))));
          });
    }
  }

  HttpFields told(HttpFields fields, CacheStatus status) {
    return owner.tellsStatus ? fields.and("Cache-Status", status.toString()) : fields;
  }

  void lookUp() throws Exception {
    if (goesBy()) {
      pass("bypass");
      return;
    }
    StoredResponse stored = find();
    Instant now = owner.rules.clock().instant();
    if (stored != null && isUsable(stored, now)) {
      hit(stored, now);
      return;
    }
    if (stored != null && isUsableMeanwhile(stored, now)) {
      hit(stored, now);
      loadAfterwards();
      return;
    }
    if (wish.has("only-if-cached")) {
      owner.counters.misses.increment();
      HttpFields none = told(HttpFields.none(), CacheStatus.unforwarded("only-if-cached"));
      exchange.respond(ResponseHead.of(TIMEOUT, none, 0)).close();
      return;
    }
    if (request.isHead() || request.fields().has("Range")) {
      owner.counters.misses.increment();
      forward(why(stored));
      return;
    }
    fetch();
  }

  /** Requests that the cache has nothing to do with. */
  private boolean goesBy() {
    HttpFields fields = request.fields();
    // A body is no part of the key, and other conditions are the handler's own.
    boolean hasBody =
        fields.has("Transfer-Encoding")
            || fields.first("Content-Length").filter(length -> !length.equals("0")).isPresent();
    return wish.has("no-store")
        || hasBody
        || fields.has("If-Match")
        || fields.has("If-Unmodified-Since")
        || isUpgrade(fields);
  }

  /* To HTTP/2 many clients offer to change by the way; whatever else is wanted, the handler sees to. */
  private static boolean isUpgrade(HttpFields fields) {
    return fields.joined("Upgrade").filter(to -> !to.strip().equalsIgnoreCase("h2c")).isPresent();
  }

  @Nullable StoredResponse find() {
    StoredResponse stored = owner.store.find(target, request.fields());
    if (stored == null
        || (isPersonal && !stored.terms().isShared())
        || (request.fields().has("Cookie")
            && stored.terms().isConfigured()
            && !owner.rules.ignoresCookies())) {
      return null;
    }
    return stored;
  }

  private boolean isUsable(StoredResponse stored, Instant now) {
    if (!allows(stored, now)) {
      return false;
    }
    long least = wish.seconds("min-fresh").orElse(0);
    return stored.isFresh(now)
        ? stored.freshFor(now) >= least
        : stored.isUsable(now, wish.maxStale());
  }

  /** Whether the client allows a response of this age. */
  private boolean allows(StoredResponse stored, Instant now) {
    long oldest = wish.seconds("max-age").orElse(Long.MAX_VALUE);
    return !wish.has("no-cache") && oldest > 0 && stored.age(now) <= oldest;
  }

  private boolean isUsableMeanwhile(StoredResponse stored, Instant now) {
    return !request.isHead()
        && allows(stored, now)
        && !wish.has("min-fresh")
        && stored.isUsable(now, stored.terms().whileRevalidate());
  }

  private void hit(StoredResponse stored, Instant now) throws IOException {
    count(stored, now);
    new ResponseSender(this).kept(stored, CacheStatus.hit(stored.freshFor(now)));
  }

  private void count(StoredResponse stored, Instant now) {
    (stored.isFresh(now) ? owner.counters.hits : owner.counters.stale).increment();
  }

  private String why(@Nullable StoredResponse stored) {
    if (stored == null) {
      return owner.store.isKnown(target) ? "vary-miss" : "uri-miss";
    }
    return stored.isFresh(owner.rules.clock().instant()) ? "request" : "stale";
  }

  /** Goes to the handler, or waits for somebody who does already. */
  private void fetch() throws Exception {
    long begun = System.nanoTime();
    for (int turn = 0; turn < TURNS && !isAlone(); turn++) {
      Flight mine = owner.flights.lead(target);
      if (mine != null) {
        load(mine, false);
        return;
      }
      Flight other = owner.flights.under(target);
      Duration left = owner.patience.minusNanos(System.nanoTime() - begun);
      if (other != null && !other.await(left)) {
        break;
      }
      StoredResponse known = find();
      Instant now = owner.rules.clock().instant();
      if (known != null && isUsable(known, now)) {
        owner.counters.collapsed.increment();
        count(known, now);
        new ResponseSender(this).kept(known, CacheStatus.forwarded("uri-miss").and("collapsed"));
        return;
      }
    }
    load(null, false);
  }

  /** Whether nobody else's answer will do, or nobody is likely to get one that will. */
  private boolean isAlone() {
    return wish.has("no-cache")
        || wish.seconds("max-age").orElse(1) == 0
        || isPersonal
        || owner.passes.isPassed(target, owner.rules.clock().instant().getEpochSecond());
  }

  /** The client has its answer; this thread sees to the next one's. */
  private void loadAfterwards() {
    Flight mine = owner.flights.lead(target);
    if (mine == null) {
      return;
    }
    try {
      load(mine, true);
    } catch (Exception e) {
      // Whoever comes next tries again, and is told.
    }
  }

  private void load(@Nullable Flight flight, boolean isSilent) throws Exception {
    owner.flights.depart(target); // Before the stamp, so that an unsafe request sees either.
    try (Recording recording = Recording.start(owner.cache)) {
      // As of the stamp: what was void before, a handler's "unchanged" would make current again.
      StoredResponse stored = recording.apart(this::find);
      Instant now = owner.rules.clock().instant();
      if (flight != null && stored != null && isUsable(stored, now)) {
        flight.land(); // Another landed since this one looked.
        if (!isSilent) {
          hit(stored, now);
        }
        return;
      }
      String why = recording.apart(() -> why(stored));
      ResponseCapture capture = new ResponseCapture(this, stored, why, flight, recording, isSilent);
      try {
        exchange.proceed(asked(stored), capture);
      } catch (Exception e) {
        if (!capture.isCoveredUp()) {
          throw e;
        }
      }
      capture.returned();
    } finally {
      owner.flights.arrive(target);
      if (flight != null) {
        flight.land();
      }
    }
  }

  /**
   * What the handler is asked: all, or whether what is kept is unchanged; never the client's own
   * condition, unless nothing is kept here anyway.
   */
  private HttpFields asked(@Nullable StoredResponse stored) {
    HttpFields fields = request.fields();
    long now = owner.rules.clock().instant().getEpochSecond();
    if (stored == null && owner.passes.isPassed(target, now)) {
      return fields;
    }
    for (String condition : CONDITIONS) {
      fields = fields.without(condition);
    }
    return stored != null && stored.canBeValidated() ? stored.condition(fields) : fields;
  }

  /** The client, or nobody if it has been answered. */
  OutputStream respond(ResponseHead head, boolean isSilent) throws IOException {
    return isSilent ? OutputStream.nullOutputStream() : exchange.respond(head);
  }
}
