package dev.tiercel.memory;

import java.time.Instant;
import java.util.Objects;

/**
 * What a collection of the long-lived objects left, seen at a moment. Immutable.
 *
 * @param at when it was seen
 * @param bytes what was left, in bytes; not negative
 */
public record LiveSet(Instant at, long bytes) {
  /**
   * Checks it.
   *
   * @throws IllegalArgumentException if the bytes are negative
   */
  public LiveSet {
    Objects.requireNonNull(at, "at must not be null");
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes must not be negative, but are " + bytes);
    }
  }
}
