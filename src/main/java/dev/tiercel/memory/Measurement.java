package dev.tiercel.memory;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What one call took. Immutable.
 *
 * @param name what the call is called
 * @param failed whether it threw
 * @param duration how long it took
 * @param allocatedBytes what its thread allocated on the heap meanwhile, in bytes, whether or not
 *     it is still there; what other threads allocated for it is not in there. Empty where the JVM
 *     does not tell, as it does not of virtual threads
 * @param heapBeforeBytes what lay in the heap before it, of all threads and with garbage
 * @param heapAfterBytes what lay in the heap after it; less than before if there was a collection
 * @param rssBeforeBytes what of the process lay in physical memory before it; empty where nobody
 *     tells
 * @param rssAfterBytes the same after it
 */
public record Measurement(
    String name,
    boolean failed,
    Duration duration,
    OptionalLong allocatedBytes,
    long heapBeforeBytes,
    long heapAfterBytes,
    OptionalLong rssBeforeBytes,
    OptionalLong rssAfterBytes) {
  private static final double MEBIBYTE = 1 << 20;

  /** Checks that nothing is null. */
  public Measurement {
    Objects.requireNonNull(name, "name must not be null");
    Objects.requireNonNull(duration, "duration must not be null");
    Objects.requireNonNull(allocatedBytes, "allocatedBytes must not be null");
    Objects.requireNonNull(rssBeforeBytes, "rssBeforeBytes must not be null");
    Objects.requireNonNull(rssAfterBytes, "rssAfterBytes must not be null");
  }

  /** The line that is logged. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s%s: %.3f ms, %s B allocated, heap %s -> %s MiB, rss %s -> %s MiB",
        name,
        failed ? " failed" : "",
        duration.toNanos() / 1e6,
        allocatedBytes.isPresent()
            ? String.format(Locale.ROOT, "%,d", allocatedBytes.getAsLong())
            : "?",
        mebibytes(OptionalLong.of(heapBeforeBytes)),
        mebibytes(OptionalLong.of(heapAfterBytes)),
        mebibytes(rssBeforeBytes),
        mebibytes(rssAfterBytes));
  }

  private static String mebibytes(OptionalLong bytes) {
    return bytes.isPresent()
        ? String.format(Locale.ROOT, "%.1f", bytes.getAsLong() / MEBIBYTE)
        : "?";
  }
}
