package dev.tiercel.web;

import dev.tiercel.memory.GcUsage;
import dev.tiercel.memory.HeapUsage;
import dev.tiercel.memory.MemoryProfiler;
import dev.tiercel.memory.MemorySnapshot;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads what the process holds, and how much the collectors hold it up. */
final class DashboardMemoryReader implements DashboardReader {
  private final MemoryProfiler profiler;
  private @Nullable MemorySnapshot last;

  DashboardMemoryReader(MemoryProfiler profiler) {
    this.profiler = profiler;
  }

  @Override
  public void read(DashboardReading reading) {
    MemorySnapshot now = profiler.snapshot();
    HeapUsage heap = now.heap();
    reading.point("memory", "resident", number(now.rssBytes()));
    reading.point("memory", "heap used", heap.usedBytes());
    reading.point("memory", "live set", number(heap.liveSetBytes()));
    GcUsage gc = now.gc();
    MemorySnapshot before = last;
    if (before != null) {
      reading.rate("gc", "pauses", gc.pauseMillis() - before.gc().pauseMillis());
    }
    reading.point("cpu", "process", now.cpu().load().orElse(Double.NaN) * 100);
    last = now;
    reading
        .detail
        .field("rssBytes", now.rssBytes())
        .field("rssPeakBytes", now.rssPeakBytes())
        .field("heapBytes", heap.usedBytes())
        .field("heapPeakBytes", heap.peakBytes())
        .field("heapMaxBytes", heap.maxBytes())
        .field("liveSetBytes", heap.liveSetBytes())
        .field("directBytes", now.direct().usedBytes())
        .field("mappedBytes", now.mapped().usedBytes())
        .field("collections", gc.count())
        .field("pauseMillis", gc.pauseMillis())
        .field("cpuPercent", now.cpu().load().orElse(Double.NaN) * 100);
  }

  private static double number(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : Double.NaN;
  }
}
