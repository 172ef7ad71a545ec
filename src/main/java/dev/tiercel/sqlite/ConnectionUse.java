package dev.tiercel.sqlite;

/**
 * How the connections of one pool are used at a moment. Immutable; the numbers were read one after
 * the other.
 *
 * @param pool what the pool is called: the name of the database with {@code -read} or {@code
 *     -write} behind it
 * @param most how many connections it may have
 * @param idle connections that nobody uses
 * @param inUse connections that somebody uses
 * @param waiting threads that wait for one; those that queue to write are not among them
 */
public record ConnectionUse(String pool, int most, int idle, int inUse, int waiting) {}
