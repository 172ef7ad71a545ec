package dev.tiercel.cache;

import dev.tiercel.tier.TierUse;
import java.time.Duration;

/**
 * What a tier below memory did for its cache. Immutable.
 *
 * @param name what the tier is called
 * @param hits look-ups that it answered
 * @param misses look-ups that it did not
 * @param stale misses that found a value which a write had made void, or of which that cannot be
 *     ruled out
 * @param undecodable misses that found a value of another codec or of another shape of its type, or
 *     one that could not be decoded
 * @param written values that it was given
 * @param dropped values that it was not given, because it was too slow or failed
 * @param failures calls that failed
 * @param use what it holds, or held when it could last be asked
 * @param reads look-ups that reached it, also those of no value: what was hot, what is explained
 * @param readTime how long they took
 * @param writes batches that it was given, of values to keep and to remove
 * @param writeTime how long they took
 */
public record TierStats(
    String name,
    long hits,
    long misses,
    long stale,
    long undecodable,
    long written,
    long dropped,
    long failures,
    TierUse use,
    long reads,
    Duration readTime,
    long writes,
    Duration writeTime) {}
