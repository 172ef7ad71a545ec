package dev.tiercel.memory;

/**
 * What a collection left of the long-lived objects. Immutable.
 *
 * @param number which collection it was, counted from 1; 0 if there was none
 * @param bytes what it left
 */
record Left(long number, long bytes) {
  static final Left NOTHING = new Left(0, 0);
}
