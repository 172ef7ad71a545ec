package dev.tiercel.web;

/**
 * What a {@link RateLimit} has done. Each number is right, but they are not all as of one moment.
 *
 * @param allowed how many requests went on
 * @param refused how many were answered with 429
 * @param keys how many clients have a bucket of their own now
 */
public record RateLimitStats(long allowed, long refused, int keys) {}
