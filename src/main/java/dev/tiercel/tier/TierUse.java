package dev.tiercel.tier;

/**
 * What a {@link CacheTier} holds and did since it was opened. Immutable.
 *
 * @param entries about how many records there are
 * @param bytes how many bytes its files have
 * @param maxBytes how many they may have
 * @param evicted records that had to go for lack of room
 * @param refused records that were too large for the tier
 * @param damaged records that did not stand their checksum, and files that could not be read
 */
public record TierUse(
    long entries, long bytes, long maxBytes, long evicted, long refused, long damaged) {}
