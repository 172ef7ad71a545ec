package dev.tiercel.web;

import dev.tiercel.web.Buckets.Taken;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Bounds how many requests each client may make; the others are answered with 429. Thread-safe.
 *
 * <p>A client has a bucket of tokens that fills at a steady rate, and a request takes one. So in
 * any span of time no client gets more than the bucket holds and what flows in meanwhile, and one
 * that keeps below the rate is never refused. The buckets are Bucket4j's, which must be on the
 * class path ({@code com.bucket4j:bucket4j_jdk17-core}).
 *
 * <p>The answer is a {@link Problem} of the type {@code quota-exceeded} with a {@code Retry-After}
 * field. It and every response that passes say in {@code RateLimit-Policy} what the bucket holds
 * ({@code q}) and in how many seconds it fills ({@code w}), and in {@code RateLimit} how much is
 * left ({@code r}) and in how many seconds more has flown in ({@code t}), as
 * draft-ietf-httpapi-ratelimit-headers-10 has it.
 *
 * <p><b>Who is who</b>: unless {@link RateLimitBuilder#key} says otherwise, a client is an address;
 * of IPv6 the first 64 bits, because a client has all the rest to itself. Behind proxies, name them
 * ({@link RateLimitBuilder#trust}), or all clients are one.
 *
 * <p><b>Memory</b> is bounded: {@link RateLimitBuilder#maxKeys} clients have a bucket of their own,
 * about 500 bytes each. A full bucket is dropped for a newcomer, which forgets nothing. If none is
 * full, as in a flood of addresses, newcomers share buckets, so they are refused sooner, while
 * those that have their own notice nothing. In neither case does anybody get more than the limit:
 * no client's bucket is dropped before it is full, and one that leaves a shared bucket takes along
 * what that one holds.
 *
 * <pre>{@code
 * WebFilter limit = RateLimit.of(100, Duration.ofMinutes(1)).burst(20).build();
 * server.createContext("/tasks", handler).getFilters().add(limit.forJdkServer());
 * }</pre>
 */
public final class RateLimit implements WebFilter {
  private static final String QUOTA_EXCEEDED =
      "https://iana.org/assignments/http-problem-types#quota-exceeded";
  private static final int LONGEST_KEY = 64;

  private final Buckets buckets;
  private final Function<? super WebRequest, String> key;
  private final String policy;
  private final LongAdder allowed = new LongAdder();
  private final LongAdder refused = new LongAdder();

  RateLimit(Buckets buckets, Function<? super WebRequest, String> key, long burst, long window) {
    this.buckets = buckets;
    this.key = key;
    this.policy = "\"default\";q=" + burst + ";w=" + window;
  }

  /**
   * Describes a limit.
   *
   * @param requests how many requests a client may make in a time, steadily; from 1 to 1,000,000
   * @param period the time, from a millisecond to a day
   * @return a builder
   * @throws IllegalArgumentException if a value is out of its range
   */
  public static RateLimitBuilder of(long requests, Duration period) {
    return new RateLimitBuilder(requests, period);
  }

  @Override
  public void handle(WebExchange exchange) throws Exception {
    String client = key.apply(exchange.request());
    Objects.requireNonNull(
        client, "the key of a request is null; give those without one a key that they share");
    Taken taken = buckets.take(bounded(client));
    if (taken.allowed()) {
      allowed.increment();
      exchange.proceed(exchange.request().fields(), new Marking(exchange, taken));
    } else {
      refused.increment();
      refuse(exchange, taken);
    }
  }

  private void refuse(WebExchange exchange, Taken taken) throws IOException {
    String seconds = Long.toString(seconds(taken.nanosToNext()));
    new Problem(
            QUOTA_EXCEEDED,
            429,
            "Too Many Requests",
            "too many requests; the next one is taken in " + seconds + " s",
            Map.of("violated-policies", List.of("default")))
        .answer(exchange, marked(HttpFields.of("Retry-After", seconds), taken));
  }

  private HttpFields marked(HttpFields fields, Taken taken) {
    return fields
        .with("RateLimit-Policy", policy)
        .with("RateLimit", "\"default\";r=" + taken.left() + ";t=" + seconds(taken.nanosToNext()));
  }

  /* Rounded up, so that who waits that long does not come too soon. */
  private static long seconds(long nanos) {
    return Math.max(1, (nanos + 999_999_999) / 1_000_000_000);
  }

  /* A client may choose its key, such as one out of a header, as long as it likes. */
  private static String bounded(String key) {
    if (key.length() <= LONGEST_KEY) {
      return key;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return "#" + HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every JVM has it.
    }
  }

  /**
   * What it has done so far.
   *
   * @return a snapshot
   */
  public RateLimitStats stats() {
    return new RateLimitStats(allowed.sum(), refused.sum(), buckets.size());
  }

  /** Lets a response pass, and says how much is left. */
  private final class Marking implements Responder {
    private final WebExchange exchange;
    private final Taken taken;

    Marking(WebExchange exchange, Taken taken) {
      this.exchange = exchange;
      this.taken = taken;
    }

    @Override
    public OutputStream respond(ResponseHead head) throws IOException {
      return exchange.respond(head.with(marked(head.fields(), taken)));
    }

    @Override
    public void done() {
      exchange.done();
    }
  }
}
