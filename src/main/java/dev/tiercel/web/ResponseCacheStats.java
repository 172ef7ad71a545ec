package dev.tiercel.web;

/**
 * What a {@link ResponseCache} did so far. Each request counts once in {@code hits}, {@code stale},
 * {@code misses}, {@code revalidated} or {@code passed}.
 *
 * @param hits how many requests were answered with a fresh response, those included that waited for
 *     another's
 * @param stale how many with one that was no longer fresh, as far as that is allowed
 * @param misses how many went to the handler because there was no response to use
 * @param revalidated how many went to the handler, which said that what was kept is unchanged
 * @param passed how many passed by the cache: other methods, and requests that it leaves alone
 * @param collapsed how many waited for the answer to another request and got it
 * @param stored how many responses were kept
 * @param unstored how many responses to misses were not, because they may not be, are too large, or
 *     were void before they were complete
 * @param invalidations how many targets were made void by unsafe requests
 */
public record ResponseCacheStats(
    long hits,
    long stale,
    long misses,
    long revalidated,
    long passed,
    long collapsed,
    long stored,
    long unstored,
    long invalidations) {}
