package dev.tiercel.memory;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Measures one call. What allocates itself is asked first before the call, and last after it, so
 * that as little as can be of the measuring is measured.
 */
final class Stopwatch {
  private final MemorySource source;
  private final LongSupplier ticker;
  private final String name;
  private final OptionalLong rssBytes;
  private final long heapBytes;
  private final OptionalLong allocatedBytes;
  private final long nanos;

  /** Starts. */
  Stopwatch(MemorySource source, LongSupplier ticker, String name) {
    this.source = source;
    this.ticker = ticker;
    this.name = name;
    this.rssBytes = source.rssBytes();
    this.heapBytes = source.heapUsedBytes();
    this.allocatedBytes = source.allocatedBytes();
    this.nanos = ticker.getAsLong();
  }

  Measurement stop(boolean failed) {
    long took = ticker.getAsLong() - nanos;
    OptionalLong allocated = source.allocatedBytes();
    return new Measurement(
        name,
        failed,
        Duration.ofNanos(Math.max(0, took)),
        allocated.isPresent() && allocatedBytes.isPresent()
            ? OptionalLong.of(Math.max(0, allocated.getAsLong() - allocatedBytes.getAsLong()))
            : OptionalLong.empty(),
        heapBytes,
        source.heapUsedBytes(),
        rssBytes,
        source.rssBytes());
  }
}
