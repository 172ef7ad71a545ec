package dev.tiercel.memory;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The parts of the heap, and which of them long-lived objects end up in. Thread-safe. */
final class HeapPools {
  /** Lists the old pool among its own, but collects it only in some of its collections. */
  private static final String G1_YOUNG = "G1 Young Generation";

  private final List<MemoryPoolMXBean> all;
  private final List<MemoryPoolMXBean> longLived;

  private HeapPools(List<MemoryPoolMXBean> all) {
    this.all = all;
    // New objects come and go in pools that have no threshold to watch.
    this.longLived = all.stream().filter(MemoryPoolMXBean::isUsageThresholdSupported).toList();
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
    return ProcessMemory.known(sum(all, HeapPools::left));
  }

  OptionalLong liveSetBytes() {
    return ProcessMemory.known(sum(longLived, HeapPools::left));
  }

  /** Whether each collection of a collector reaches the long-lived objects. */
  boolean isOfLongLived(GarbageCollectorMXBean collector) {
    List<String> collected = Arrays.asList(collector.getMemoryPoolNames());
    return !collector.getName().equals(G1_YOUNG)
        && longLived.stream().anyMatch(pool -> collected.contains(pool.getName()));
  }

  /* What the pool held after its last collection: 0 before the first, null if it has none. */
  private static long left(MemoryPoolMXBean pool) {
    MemoryUsage left = pool.getCollectionUsage();
    return left == null ? 0 : left.getUsed();
  }

  private static long sum(List<MemoryPoolMXBean> pools, ToLongFunction<MemoryPoolMXBean> bytes) {
    return pools.stream().mapToLong(bytes).sum();
  }
}
