package dev.tiercel.web;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Describes a {@link RateLimit}. Not thread-safe. */
public final class RateLimitBuilder {
  /** How many clients have a bucket of their own unless {@link #maxKeys} says another number. */
  public static final int DEFAULT_MAX_KEYS = 50_000;

  private static final long MOST = 1_000_000;
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int MOST_KEYS = 10_000_000;

  private final long requests;
  private final Duration period;
  private long burst;
  private int maxKeys = DEFAULT_MAX_KEYS;
  private int ipv6Prefix = 64;
  private ProxyField field = ProxyField.X_FORWARDED_FOR;
  private List<IpRange> trusted = List.of();
  private LongSupplier nanos = System::nanoTime;
  private @Nullable Function<? super WebRequest, String> key;

  RateLimitBuilder(long requests, Duration period) {
    this.requests = inRange("requests", requests, 1, MOST);
    if (period.compareTo(SHORTEST) < 0 || period.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "period must be from 1 ms to 1 day, but is " + period + "; scale the requests with it");
    }
    this.period = period;
    this.burst = requests;
  }

  /**
   * How many requests a client may make at once after a rest, which is what its bucket holds; as
   * many as in a period unless it is set.
   *
   * @param most how many, from 1 to 1,000,000
   * @return this
   * @throws IllegalArgumentException if it is out of that range
   */
  public RateLimitBuilder burst(long most) {
    this.burst = inRange("burst", most, 1, MOST);
    return this;
  }

  /**
   * Tells clients apart by something else than their address.
   *
   * @param of gives the key of a request; never null. It must not be something that a client may
   *     make up as it likes, such as a name that nobody has checked
   * @return this
   */
  public RateLimitBuilder key(Function<? super WebRequest, String> of) {
    this.key = Objects.requireNonNull(of, "key must not be null");
    return this;
  }

  /**
   * Believes some proxies what they say about who asked them. Nobody else is believed.
   *
   * @param by the field that they write. They must add to it, or replace it, in every request
   * @param ranges their addresses: {@code 10.0.0.0/8}, {@code fd00::/8}, or single ones; they
   *     replace those that were given before
   * @return this
   * @throws IllegalArgumentException if one is no range
   */
  public RateLimitBuilder trust(ProxyField by, String... ranges) {
    this.field = Objects.requireNonNull(by, "by must not be null");
    this.trusted = Arrays.stream(ranges).map(IpRange::parse).toList();
    return this;
  }

  /**
   * How many bits of an IPv6 address make a client; 64 unless it is set. Fewer see through somebody
   * who has a large network, and take more clients for one.
   *
   * @param bits how many, from 16 to 128
   * @return this
   * @throws IllegalArgumentException if it is out of that range
   */
  public RateLimitBuilder ipv6Prefix(int bits) {
    this.ipv6Prefix = (int) inRange("ipv6Prefix", bits, 16, 128);
    return this;
  }

  /**
   * How many clients have a bucket of their own; {@value #DEFAULT_MAX_KEYS} unless it is set. More
   * than that at a time share buckets.
   *
   * @param most how many, from 1 to 10,000,000
   * @return this
   * @throws IllegalArgumentException if it is out of that range
   */
  public RateLimitBuilder maxKeys(int most) {
    this.maxKeys = (int) inRange("maxKeys", most, 1, MOST_KEYS);
    return this;
  }

  /**
   * Keeps the time by somebody else's clock, for tests that set it.
   *
   * @param ticker tells the time in nanoseconds, as {@link System#nanoTime} does
   * @return this
   */
  public RateLimitBuilder ticker(LongSupplier ticker) {
    this.nanos = Objects.requireNonNull(ticker, "ticker must not be null");
    return this;
  }

  private static long inRange(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be from %d to %d, but is %d".formatted(name, least, most, value));
    }
    return value;
  }

  /**
   * Makes the limit.
   *
   * @return the limit, to be put in front of handlers
   */
  public RateLimit build() {
    Function<? super WebRequest, String> of = key;
    if (of == null) {
      ClientAddress address = new ClientAddress(field, trusted, ipv6Prefix);
      of = address::keyOf;
    }
    long window = Math.max(1, Math.round(Math.ceil(burst * (period.toNanos() / 1e9) / requests)));
    return new RateLimit(new Buckets(burst, requests, period, nanos, maxKeys), of, burst, window);
  }
}
