package dev.tiercel.memory;

import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Figures that are what they are set to. */
final class SetSource implements MemorySource {
  OptionalLong allocated = OptionalLong.of(0);
  long heapUsed = 1_000;
  OptionalLong rss = OptionalLong.of(2_000);
  OptionalLong liveSet = OptionalLong.empty();
  long longLivedCount;

  @Override
  public MemorySnapshot snapshot(Instant at) {
    return new MemorySnapshot(
        at,
        rss,
        rss,
        OptionalLong.of(3_000),
        new CpuUsage(OptionalDouble.empty(), OptionalLong.empty()),
        new HeapUsage(heapUsed, heapUsed, liveSet, liveSet, 1 << 20, OptionalLong.empty()),
        new NonHeapUsage(0, 0),
        BufferUsage.NONE,
        BufferUsage.NONE,
        new GcUsage(longLivedCount, 0, longLivedCount));
  }

  @Override
  public OptionalLong allocatedBytes() {
    return allocated;
  }

  @Override
  public long heapUsedBytes() {
    return heapUsed;
  }

  @Override
  public OptionalLong rssBytes() {
    return rss;
  }

  void allocate(long bytes) {
    allocated = OptionalLong.of(allocated.getAsLong() + bytes);
  }
}
