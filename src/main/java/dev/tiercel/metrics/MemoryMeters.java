package dev.tiercel.metrics;

import dev.tiercel.memory.LeakVerdict;
import dev.tiercel.memory.MemoryProfiler;
import dev.tiercel.memory.MemorySnapshot;
import io.micrometer.core.instrument.Tags;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The memory of the process, as far as Micrometer does not tell it itself. There is one process, so
 * a registry has these meters once, whoever asks for them.
 */
record MemoryMeters(MemoryProfiler profiler) implements MeterSource {
  @Override
  public void register(MeterSet meters) {
    SharedMeters.use(meters, this::shared);
  }

  private void shared(MeterSet meters) {
    bytes(
        meters,
        "process.memory.rss",
        "What of the process lies in physical memory",
        MemorySnapshot::rssBytes);
    bytes(
        meters,
        "process.memory.rss.peak",
        "The most of the process that lay in physical memory so far",
        MemorySnapshot::rssPeakBytes);
    bytes(
        meters,
        "process.memory.vss",
        "The size of the address space of the process",
        MemorySnapshot::vmsBytes);
    bytes(
        meters,
        "tiercel.memory.heap.peak",
        "The most that lay in the heap so far",
        memory -> OptionalLong.of(memory.heap().peakBytes()));
    bytes(
        meters,
        "tiercel.memory.heap.live",
        "What was left of the long-lived objects when they were last collected",
        memory -> memory.heap().liveSetBytes());
    meters.gauge(
        "tiercel.memory.leak",
        null,
        "1 if memory leaks, 0 if not, and no number as long as nobody can tell",
        Tags.empty(),
        this::verdict);
    meters.gauge(
        "tiercel.memory.leak.growth",
        null,
        "How many bytes per second what is left after collections grows by",
        Tags.empty(),
        () -> profiler.leak().bytesPerSecond());
  }

  /* Each reading is a sample: a verdict needs some, and the shared profiler takes none by itself. */
  private double verdict() {
    profiler.sample();
    LeakVerdict verdict = profiler.leak();
    return verdict.kind() == LeakVerdict.Kind.NOT_ENOUGH_SAMPLES
        ? Double.NaN
        : verdict.isLeak() ? 1 : 0;
  }

  private void bytes(
      MeterSet meters, String name, String help, Function<MemorySnapshot, OptionalLong> value) {
    meters.gauge(
        name,
        "bytes",
        help,
        Tags.empty(),
        () -> {
          OptionalLong bytes = value.apply(profiler.snapshot());
          return bytes.isPresent() ? bytes.getAsLong() : Double.NaN;
        });
  }
}
