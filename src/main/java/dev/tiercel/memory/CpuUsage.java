package dev.tiercel.memory;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the process takes of the processors. Immutable.
 *
 * @param load how busy it kept all processors together since somebody last asked the JVM, from 0 to
 *     1; empty where the JVM does not tell, as it may the first time
 * @param timeNanos the processor time that it used since it began, of all its threads, in
 *     nanoseconds; empty where the JVM does not tell
 */
public record CpuUsage(OptionalDouble load, OptionalLong timeNanos) {
  /** Checks that nothing is null. */
  public CpuUsage {
    Objects.requireNonNull(load, "load must not be null");
    Objects.requireNonNull(timeNanos, "timeNanos must not be null");
  }
}
