package dev.tiercel.cache;

/**
 * A key that is missed. Immutable.
 *
 * @param key its text
 * @param misses about how often it was missed in the last minutes; a miss counts half after each
 *     minute
 * @param why why it was missed the last time
 */
public record MissedKey(String key, double misses, String why) {}
