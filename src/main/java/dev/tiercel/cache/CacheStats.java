package dev.tiercel.cache;

import java.time.Duration;

/**
 * What a cache did since it was made. Immutable; the figures of one snapshot were read one after
 * the other and may be a call apart.
 *
 * @param hits look-ups that were answered from the cache at once
 * @param misses look-ups that were not
 * @param expiredServed misses that were answered by an expired but current value, because its
 *     loader was slow or failed
 * @param staleRejected misses that found a value which a write had made void
 * @param bypassed misses that neither looked into the cache nor filled it, because a write to what
 *     they show was under way, the cache was switched off, or the reader was inside a transaction
 * @param coalesced misses that were answered by a load which another thread had begun
 * @param loads loads that ended, well or not
 * @param loadFailures loads that failed
 * @param loadTime how long all loads took
 * @param refreshes loads in the background, counted in {@code loads} too
 * @param evictedForRoom entries that had to go for lack of room
 * @param evictedExpired entries that were removed because their time was over
 * @param evictedInvalidated entries that were removed because a write had made them void
 * @param invalidations calls that voided something; what a write to the repository voids is not
 *     among them
 * @param size about how many entries there are now
 * @param weightBytes about how many bytes they have, or 0 if they are only counted
 * @param puts entries that were put into memory: loaded, put, or brought back from a tier below
 * @param invalidationKinds the {@code invalidations}, by what they named
 */
public record CacheStats(
    long hits,
    long misses,
    long expiredServed,
    long staleRejected,
    long bypassed,
    long coalesced,
    long loads,
    long loadFailures,
    Duration loadTime,
    long refreshes,
    long evictedForRoom,
    long evictedExpired,
    long evictedInvalidated,
    long invalidations,
    long size,
    long weightBytes,
    long puts,
    InvalidationKinds invalidationKinds) {
  /**
   * The share of look-ups that were hits.
   *
   * @return from 0 to 1; 1 if there was none
   */
  public double hitRate() {
    return hits + misses == 0 ? 1 : (double) hits / (hits + misses);
  }
}
