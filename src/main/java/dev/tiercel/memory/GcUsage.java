package dev.tiercel.memory;

/**
 * The work of the collectors since the JVM began. Immutable.
 *
 * @param count how many collections there were
 * @param pauseMillis how long they held the program up, all together, in milliseconds; what a
 *     collector does beside the running program is no pause
 * @param longLivedCount how many of them are known to have removed dead ones of the long-lived
 *     objects: {@link HeapUsage#liveSetBytes} is a new figure when this number has risen. Of the
 *     mixed collections of G1, which nobody counts, it has those that a snapshot saw; of several
 *     since the snapshot before, one
 */
public record GcUsage(long count, long pauseMillis, long longLivedCount) {}
