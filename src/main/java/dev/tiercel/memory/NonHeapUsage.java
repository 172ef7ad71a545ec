package dev.tiercel.memory;

/**
 * What the JVM holds beside the heap for classes and compiled code. Immutable.
 *
 * @param usedBytes what is used
 * @param committedBytes what the operating system has given for it
 */
public record NonHeapUsage(long usedBytes, long committedBytes) {}
