package dev.tiercel.web;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A bucket of tokens for each key, a bounded number of them. Thread-safe. */
final class Buckets {
  /* No key ever gets more than its capacity and what flows in, whatever happens to its bucket:
   *
   * - A bucket is dropped only when it is full, and a new one would be full too.
   * - A key for which there is no place takes from a bucket that it shares with others of its hash.
   *   The shared bucket never holds more than the capacity, so coming from a full one gains nothing.
   * - When there is a place for it again, its own bucket begins with what the shared one holds then.
   *
   * So at each change of buckets the new one holds at most what the old one did, and what a key takes
   * adds up as if there had been one. All of a key's changes are made inside compute, one at a time.
   */

  private static final int LOOKED_AT = 8;
  private static final int MOST_SHARED = 1_024;

  private final long capacity;
  private final long refill;
  private final Duration period;
  private final TimeMeter time;
  private final int most;
  private final ConcurrentHashMap<String, Bucket> own = new ConcurrentHashMap<>();
  private final Queue<String> round = new ConcurrentLinkedQueue<>(); // Each key of own, once.
  private final AtomicInteger places = new AtomicInteger();
  private final Bucket[] shared;
  private final long seed = new SecureRandom().nextLong();

  Buckets(long capacity, long refill, Duration period, LongSupplier nanos, int most) {
    this.capacity = capacity;
    this.refill = refill;
    this.period = period;
    this.time = new Ticker(nanos);
    this.most = most;
    this.shared =
        Stream.generate(() -> bucket(capacity))
            .limit(Math.max(1, Math.min(most / 16, MOST_SHARED)))
            .toArray(Bucket[]::new);
  }

  /** A clock that never stands for the time of day. */
  private record Ticker(LongSupplier nanos) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanos.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  /**
   * What became of a request for one token.
   *
   * @param left the tokens that are left
   * @param nanosToNext how long it takes a token to flow in; if it was refused, until there is one
   */
  record Taken(boolean allowed, long left, long nanosToNext) {}

  private Bucket bucket(long tokens) {
    return Bucket.builder()
        .addLimit(
            limit -> limit.capacity(capacity).refillGreedy(refill, period).initialTokens(tokens))
        .withCustomTimePrecision(time)
        .build();
  }

  Taken take(String key) {
    if (places.get() >= most && !own.containsKey(key)) {
      makeRoom();
    }
    Taken[] taken = new Taken[1];
    own.compute(
        key,
        (same, bucket) -> {
          Bucket from = bucket == null ? begun(same) : bucket;
          taken[0] = takeFrom(from == null ? sharedOf(same) : from);
          return from;
        });
    return taken[0];
  }

  /** A bucket of its own for a key, or null if there is no place. */
  private @Nullable Bucket begun(String key) {
    if (places.incrementAndGet() > most) {
      places.decrementAndGet();
      return null;
    }
    round.add(key);
    return bucket(sharedOf(key).getAvailableTokens());
  }

  private Taken takeFrom(Bucket bucket) {
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    long toNext = probe.isConsumed() ? nanosPerToken() : probe.getNanosToWaitForRefill();
    return new Taken(probe.isConsumed(), probe.getRemainingTokens(), toNext);
  }

  private long nanosPerToken() {
    return Math.max(1, period.toNanos() / refill);
  }

  /** Drops a full bucket, of the few that are looked at next in turn. */
  private void makeRoom() {
    for (int i = 0; i < LOOKED_AT; i++) {
      String key = round.poll();
      if (key == null) {
        return;
      }
      boolean[] dropped = new boolean[1];
      own.computeIfPresent(
          key,
          (same, bucket) -> {
            dropped[0] = bucket.getAvailableTokens() >= capacity;
            return dropped[0] ? null : bucket;
          });
      if (dropped[0]) {
        places.decrementAndGet();
        return;
      }
      round.add(key);
    }
  }

  private Bucket sharedOf(String key) {
    long hash = seed;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 32;
    }
    return shared[(int) Long.remainderUnsigned(hash, shared.length)];
  }

  int size() {
    return own.size();
  }
}
