package dev.tiercel.memory;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The result of a call, and what it took. As immutable as the result.
 *
 * @param result what the call returned; null if it did
 * @param measurement what it took
 * @param <T> what it returned
 */
public record Measured<T extends @Nullable Object>(T result, Measurement measurement) {
  /** Checks that the measurement is not null. */
  public Measured {
    Objects.requireNonNull(measurement, "measurement must not be null");
  }

  /**
   * What its thread allocated meanwhile.
   *
   * @return see {@link Measurement#allocatedBytes}
   */
  public OptionalLong allocatedBytes() {
    return measurement.allocatedBytes();
  }

  /**
   * How long it took.
   *
   * @return see {@link Measurement#duration}
   */
  public Duration duration() {
    return measurement.duration();
  }
}
