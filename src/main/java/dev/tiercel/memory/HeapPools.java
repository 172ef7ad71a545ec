package dev.tiercel.memory;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The parts of the heap, and which of them long-lived objects end up in. Thread-safe. */
final class HeapPools {
  private final List<MemoryPoolMXBean> all;
  private final List<MemoryPoolMXBean> old;

  private HeapPools(List<MemoryPoolMXBean> all) {
    this.all = all;
    // New objects come and go in pools that have no threshold to watch.
    this.old = all.stream().filter(MemoryPoolMXBean::isUsageThresholdSupported).toList();
  }

  static HeapPools ofThisJvm() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .collect(Collectors.collectingAndThen(Collectors.toUnmodifiableList(), HeapPools::new));
  }

  long peakBytes() {
    return sum(all, pool -> pool.getPeakUsage().getUsed());
  }

  OptionalLong afterGcBytes() {
    return ProcessMemory.ifPositive(sum(all, HeapPools::afterCollection));
  }

  /** What the pools of long-lived objects held after the last collection that wrote it. */
  long oldBytes() {
    return sum(old, HeapPools::afterCollection);
  }

  /** The names of the pools that long-lived objects end up in. */
  Set<String> longLived() {
    return old.stream().map(MemoryPoolMXBean::getName).collect(Collectors.toUnmodifiableSet());
  }

  /* 0 before the first collection, null if there is none of the pool. */
  private static long afterCollection(MemoryPoolMXBean pool) {
    MemoryUsage usage = pool.getCollectionUsage();
    return usage == null ? 0 : usage.getUsed();
  }

  private static long sum(List<MemoryPoolMXBean> pools, ToLongFunction<MemoryPoolMXBean> bytes) {
    return pools.stream().mapToLong(bytes).sum();
  }
}
