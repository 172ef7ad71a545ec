package dev.tiercel.memory;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * The Java heap at a moment. Immutable.
 *
 * @param usedBytes what lies in it, garbage included
 * @param peakBytes the most that lay in it so far, or a little more: each of its parts is counted
 *     with its own highest moment
 * @param afterGcBytes what lay in each of its parts at the end of its last collection; empty before
 *     the first
 * @param liveSetBytes what lay in the parts where long-lived objects end up at the end of the last
 *     collection that removed dead ones there, which is what a leak makes grow. A collector that
 *     works beside the program (ZGC, Shenandoah) leaves what came in while it ran as well, and the
 *     mixed collections of G1 leave what is dead in regions that hold little of it. Empty before
 *     the first, and where the JVM does not tell which collections those are, as in the
 *     generational mode of Shenandoah
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
