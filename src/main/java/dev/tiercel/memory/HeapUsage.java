package dev.tiercel.memory;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * The Java heap at a moment. Immutable.
 *
 * @param usedBytes what lies in it, garbage included
 * @param peakBytes the most that lay in it so far, or a little more: each of its parts is counted
 *     with its own highest moment
 * @param afterGcBytes what was left in each of its parts when that was last collected; empty before
 *     the first collection
 * @param liveSetBytes the same of the parts where long-lived objects end up, which is what a leak
 *     makes grow; empty before they were first collected
 * @param committedBytes what the operating system has given for it
 * @param maxBytes how large it may become; empty if it has no bound
 */
public record HeapUsage(
    long usedBytes,
    long peakBytes,
    OptionalLong afterGcBytes,
    OptionalLong liveSetBytes,
    long committedBytes,
    OptionalLong maxBytes) {
  /** Checks that nothing is null. */
  public HeapUsage {
    Objects.requireNonNull(afterGcBytes, "afterGcBytes must not be null");
    Objects.requireNonNull(liveSetBytes, "liveSetBytes must not be null");
    Objects.requireNonNull(maxBytes, "maxBytes must not be null");
  }
}
