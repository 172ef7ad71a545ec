package dev.tiercel.cache;

import java.time.Duration;
import java.util.Objects;

/**
 * How long values live and what happens when a loader is slow or fails. Times are exact to 10 ms.
 * None of it ever serves a value that was invalidated: "expired" below always means expired and
 * still current. Immutable.
 *
 * @param ttl how long a value is served after its load began, and no longer than any that its
 *     loader read; zero for as long as it is current
 * @param jitter how much of that is taken off at random, from 0 to 1, so that values that were
 *     loaded together do not expire together
 * @param idle how long a value is kept without being read; zero for ever
 * @param eager how early a value is loaded anew in the background before it expires, in units of
 *     its own load time; 0 for never, 1 is usual (XFetch: Vattani, Chierichetti, Lowenstein:
 *     "Optimal Probabilistic Cache Stampede Prevention", VLDB 2015)
 * @param softTimeout how long a reader waits for a load when there is an expired value to serve
 *     instead; zero for as long as it takes
 * @param hardTimeout how long a reader waits for a load at all; zero for as long as it takes. With
 *     one of the two, loaders run on the cache's executor and not on the reader's thread; except
 *     inside another loader, beside a write to what is read, and when the executor takes no more
 *     (its own has 32 threads): then the reader loads itself, for as long as it takes
 * @param failSafe for how long after it expired a value is served when its loader fails; zero for
 *     not at all
 * @param negative how long it is remembered that there is no value, if that has a tag by which a
 *     write can end it; zero for not at all
 * @param failures how long a failure is remembered the first time, from when it happened, each
 *     further time twice as long, up to 64 times; zero for not at all
 */
public record CachePolicy(
    Duration ttl,
    double jitter,
    Duration idle,
    double eager,
    Duration softTimeout,
    Duration hardTimeout,
    Duration failSafe,
    Duration negative,
    Duration failures) {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(24);

  /** Values live as long as they are current; nothing else is done. */
  public static final CachePolicy DEFAULT =
      new CachePolicy(
          Duration.ZERO,
          0,
          Duration.ZERO,
          0,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO);

  /**
   * Checks the times.
   *
   * @throws IllegalArgumentException if one is negative, shorter than 1 ms without being zero, or
   *     longer than 24 days, or if jitter or eager are out of range
   */
  public CachePolicy {
    check("ttl", ttl);
    check("idle", idle);
    check("softTimeout", softTimeout);
    check("hardTimeout", hardTimeout);
    check("failSafe", failSafe);
    check("negative", negative);
    check("failures", failures);
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter must be between 0 and 1, but is " + jitter);
    }
    if (!(eager >= 0 && eager <= 100)) {
      throw new IllegalArgumentException("eager must be between 0 and 100, but is " + eager);
    }
  }

  private static void check(String name, Duration time) {
    Objects.requireNonNull(time, name + " must not be null");
    if (!time.isZero() && (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0)) {
      throw new IllegalArgumentException(
          name + " must be 0, or between 1 ms and 24 days, but is " + time);
    }
  }

  /**
   * With another time to live.
   *
   * @param time the time
   * @return the policy with it
   */
  public CachePolicy ttl(Duration time) {
    return new CachePolicy(
        time, jitter, idle, eager, softTimeout, hardTimeout, failSafe, negative, failures);
  }

  /**
   * With another jitter.
   *
   * @param share from 0 to 1
   * @return the policy with it
   */
  public CachePolicy jitter(double share) {
    return new CachePolicy(
        ttl, share, idle, eager, softTimeout, hardTimeout, failSafe, negative, failures);
  }

  /**
   * With another time to idle.
   *
   * @param time the time
   * @return the policy with it
   */
  public CachePolicy idle(Duration time) {
    return new CachePolicy(
        ttl, jitter, time, eager, softTimeout, hardTimeout, failSafe, negative, failures);
  }

  /**
   * With another eagerness.
   *
   * @param beta in units of the load time
   * @return the policy with it
   */
  public CachePolicy eager(double beta) {
    return new CachePolicy(
        ttl, jitter, idle, beta, softTimeout, hardTimeout, failSafe, negative, failures);
  }

  /**
   * With another soft time-out.
   *
   * @param time the time
   * @return the policy with it
   */
  public CachePolicy softTimeout(Duration time) {
    return new CachePolicy(
        ttl, jitter, idle, eager, time, hardTimeout, failSafe, negative, failures);
  }

  /**
   * With another hard time-out.
   *
   * @param time the time
   * @return the policy with it
   */
  public CachePolicy hardTimeout(Duration time) {
    return new CachePolicy(
        ttl, jitter, idle, eager, softTimeout, time, failSafe, negative, failures);
  }

  /**
   * With another time during which expired values are a last resort.
   *
   * @param time the time
   * @return the policy with it
   */
  public CachePolicy failSafe(Duration time) {
    return new CachePolicy(
        ttl, jitter, idle, eager, softTimeout, hardTimeout, time, negative, failures);
  }

  /**
   * With another memory for values that do not exist.
   *
   * @param time the time
   * @return the policy with it
   */
  public CachePolicy negative(Duration time) {
    return new CachePolicy(
        ttl, jitter, idle, eager, softTimeout, hardTimeout, failSafe, time, failures);
  }

  /**
   * With another memory for failures.
   *
   * @param time the time
   * @return the policy with it
   */
  public CachePolicy failures(Duration time) {
    return new CachePolicy(
        ttl, jitter, idle, eager, softTimeout, hardTimeout, failSafe, negative, time);
  }

  /** Refuses settings that mean nothing without another. */
  CachePolicy requireConsistent() {
    if (ttl.isZero() && (eager > 0 || !softTimeout.isZero() || !failSafe.isZero() || jitter > 0)) {
      throw new IllegalArgumentException(
          "jitter, eager, softTimeout and failSafe are about values that expire; set a ttl too");
    }
    if (!softTimeout.isZero() && failSafe.isZero()) {
      throw new IllegalArgumentException(
          "softTimeout serves expired values, and failSafe says for how long; set it too");
    }
    if (!hardTimeout.isZero() && softTimeout.compareTo(hardTimeout) >= 0) {
      throw new IllegalArgumentException(
          "softTimeout %s must be shorter than hardTimeout %s".formatted(softTimeout, hardTimeout));
    }
    return this;
  }

  boolean isTimed() {
    return !softTimeout.isZero() || !hardTimeout.isZero();
  }
}
