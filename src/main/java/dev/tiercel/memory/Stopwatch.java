package dev.tiercel.memory;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Measures one call. What allocates itself is asked first before the call, and last after it, so
 * that as little as can be of the measuring is measured. A source that fails costs its figures, and
 * never the call.
 */
final class Stopwatch {
  private final MemorySource source;
  private final LongSupplier ticker;
  private final Lapse lapse;
  private final String name;
  private final Figures before;
  private final long nanos;

  private record Figures(OptionalLong rssBytes, long heapBytes, OptionalLong allocatedBytes) {
    Figures {
      Objects.requireNonNull(rssBytes, "rssBytes must not be null");
      Objects.requireNonNull(allocatedBytes, "allocatedBytes must not be null");
    }
  }

  /** Starts. */
  Stopwatch(MemorySource source, LongSupplier ticker, Lapse lapse, String name) {
    this.source = source;
    this.ticker = ticker;
    this.lapse = lapse;
    this.name = name;
    this.before = before();
    this.nanos = ticker.getAsLong();
  }

  private Figures before() {
    try {
      OptionalLong rss = source.rssBytes();
      long heap = source.heapUsedBytes();
      return new Figures(rss, heap, source.allocatedBytes());
    } catch (Throwable e) {
      lapse.failed(e);
      return new Figures(OptionalLong.empty(), 0, OptionalLong.empty());
    }
  }

  Measurement stop(boolean failed) {
    Duration took = Duration.ofNanos(Math.max(0, ticker.getAsLong() - nanos));
    try {
      OptionalLong allocated = source.allocatedBytes();
      long heap = source.heapUsedBytes();
      Measurement measured =
          measurement(failed, took, allocated(allocated), heap, source.rssBytes());
      lapse.worked();
      return measured;
    } catch (Throwable e) {
      lapse.failed(e);
      return measurement(
          failed, took, OptionalLong.empty(), before.heapBytes(), OptionalLong.empty());
    }
  }

  private OptionalLong allocated(OptionalLong now) {
    OptionalLong then = before.allocatedBytes();
    return now.isPresent() && then.isPresent()
        ? OptionalLong.of(Math.max(0, now.getAsLong() - then.getAsLong()))
        : OptionalLong.empty();
  }

  private Measurement measurement(
      boolean failed, Duration took, OptionalLong allocated, long heap, OptionalLong rss) {
    return new Measurement(
        name, failed, took, allocated, before.heapBytes(), heap, before.rssBytes(), rss);
  }
}
