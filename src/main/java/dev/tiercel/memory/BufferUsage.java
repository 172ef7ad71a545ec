package dev.tiercel.memory;

/**
 * Buffers outside the heap, of one kind. Immutable.
 *
 * @param count how many there are
 * @param usedBytes what they take
 * @param capacityBytes what can be stored in them
 */
public record BufferUsage(long count, long usedBytes, long capacityBytes) {
  static final BufferUsage NONE = new BufferUsage(0, 0, 0);
}
