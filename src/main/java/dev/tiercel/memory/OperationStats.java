package dev.tiercel.memory;

import java.time.Duration;
import java.util.Objects;

/**
 * What all calls of one name took so far. Immutable.
 *
 * @param name what they are called
 * @param count how many there were, those that failed included
 * @param failures how many threw
 * @param totalAllocatedBytes what they allocated all together, in bytes, as far as the JVM tells
 * @param maxAllocatedBytes what the one that allocated most did, in bytes
 * @param totalTime how long they took all together
 * @param maxTime how long the longest took
 */
public record OperationStats(
    String name,
    long count,
    long failures,
    long totalAllocatedBytes,
    long maxAllocatedBytes,
    Duration totalTime,
    Duration maxTime) {
  /** Checks that nothing is null. */
  public OperationStats {
    Objects.requireNonNull(name, "name must not be null");
    Objects.requireNonNull(totalTime, "totalTime must not be null");
    Objects.requireNonNull(maxTime, "maxTime must not be null");
  }

  static OperationStats none(String name) {
    return new OperationStats(name, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO);
  }

  OperationStats and(Measurement one) {
    long bytes = one.allocatedBytes().orElse(0);
    Duration time = one.duration();
    return new OperationStats(
        name,
        count + 1,
        failures + (one.failed() ? 1 : 0),
        totalAllocatedBytes + bytes,
        Math.max(maxAllocatedBytes, bytes),
        totalTime.plus(time),
        time.compareTo(maxTime) > 0 ? time : maxTime);
  }
}
