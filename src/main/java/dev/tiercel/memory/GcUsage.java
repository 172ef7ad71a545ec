package dev.tiercel.memory;

/**
 * The work of the collectors since the JVM began. Immutable.
 *
 * @param count how many collections there were
 * @param pauseMillis how long they held the program up, all together, in milliseconds; what a
 *     collector does beside the running program is no pause
 * @param longLivedCount how many of them are known to have reached the long-lived objects; the
 *     mixed collections of G1 also do, and are not in this number
 */
public record GcUsage(long count, long pauseMillis, long longLivedCount) {}
