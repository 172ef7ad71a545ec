package dev.tiercel.cache;

/**
 * How often a cache was told to void something, by what was named. Immutable.
 *
 * @param tags calls of {@link TieredCache#invalidate}
 * @param keys calls of {@link TieredCache#invalidateKey}
 * @param prefixes calls of {@link TieredCache#invalidatePrefix}
 * @param patterns calls of {@link TieredCache#invalidatePattern} and {@link TieredCache#evictNow}
 * @param everything calls of {@link TieredCache#invalidateAll}
 */
public record InvalidationKinds(
    long tags, long keys, long prefixes, long patterns, long everything) {}
