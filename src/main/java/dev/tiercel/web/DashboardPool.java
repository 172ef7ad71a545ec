package dev.tiercel.web;

import dev.tiercel.pool.PoolStats;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a pool of anything is used at a moment, as a dashboard shows it. Immutable.
 *
 * @param most how many objects it may have
 * @param idle objects that nobody uses
 * @param inUse objects that somebody uses
 * @param waiting threads that wait for one
 * @param leases how often one was lent so far; empty where nobody counts
 * @param waits how often somebody waited for that so far; empty where nobody counts
 * @param waitTime how long they waited, all together; empty where nobody counts
 * @param refused how often somebody got none so far; empty where nobody counts
 */
public record DashboardPool(
    int most,
    int idle,
    int inUse,
    int waiting,
    OptionalLong leases,
    OptionalLong waits,
    Optional<Duration> waitTime,
    OptionalLong refused) {
  /** Checks that nothing is null. */
  public DashboardPool {
    Objects.requireNonNull(leases, "leases must not be null");
    Objects.requireNonNull(waits, "waits must not be null");
    Objects.requireNonNull(waitTime, "waitTime must not be null");
    Objects.requireNonNull(refused, "refused must not be null");
  }

  /**
   * A pool of which no more is known than how it is used now.
   *
   * @param most how many objects it may have
   * @param idle objects that nobody uses
   * @param inUse objects that somebody uses
   * @param waiting threads that wait for one
   * @return its figures
   */
  public static DashboardPool of(int most, int idle, int inUse, int waiting) {
    return new DashboardPool(
        most,
        idle,
        inUse,
        waiting,
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        OptionalLong.empty());
  }

  /**
   * An object pool of ours.
   *
   * @param stats what it says of itself
   * @return its figures
   */
  public static DashboardPool of(PoolStats stats) {
    return new DashboardPool(
        stats.maxSize(),
        stats.idle(),
        stats.leased() + stats.overflowing(),
        stats.waiting(),
        OptionalLong.of(stats.leases()),
        OptionalLong.of(stats.waits()),
        Optional.of(stats.waitTime()),
        OptionalLong.of(stats.refused()));
  }
}
