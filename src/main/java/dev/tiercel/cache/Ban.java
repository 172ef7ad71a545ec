package dev.tiercel.cache;

/**
 * A pattern that voids every key it matches whose stamp is older.
 *
 * @param seq when it was spoken
 * @param glob the keys
 */
record Ban(long seq, Glob glob) {}
