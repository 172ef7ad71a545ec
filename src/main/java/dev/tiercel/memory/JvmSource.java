package dev.tiercel.memory;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** This JVM, by its management beans and what the operating system tells. Thread-safe. */
final class JvmSource implements MemorySource {
  static final MemorySource SHARED = new JvmSource(Path.of("/proc/self/status"));

  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final List<BufferPoolMXBean> buffers =
      ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);
  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getGarbageCollectorMXBeans();
  private final HeapPools pools = HeapPools.ofThisJvm();
  private final Supplier<ProcessMemory> process;

  JvmSource(Path status) {
    this.process = ProcessMemory.best(status, system);
  }

  @Override
  public MemorySnapshot snapshot(Instant at) {
    ProcessMemory counted = process.get();
    MemoryUsage beside = memory.getNonHeapMemoryUsage();
    return new MemorySnapshot(
        at,
        counted.rssBytes(),
        counted.rssPeakBytes(),
        counted.vmsBytes(),
        cpu(),
        heap(),
        new NonHeapUsage(beside.getUsed(), beside.getCommitted()),
        buffers("direct"),
        buffers("mapped"),
        gc());
  }

  @Override
  public OptionalLong allocatedBytes() {
    long bytes = threads.getCurrentThreadAllocatedBytes();
    return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  @Override
  public long heapUsedBytes() {
    return memory.getHeapMemoryUsage().getUsed();
  }

  @Override
  public OptionalLong rssBytes() {
    return process.get().rssBytes();
  }

  private CpuUsage cpu() {
    double load = system.getProcessCpuLoad();
    return new CpuUsage(
        load >= 0 ? OptionalDouble.of(load) : OptionalDouble.empty(),
        ProcessMemory.known(system.getProcessCpuTime()));
  }

  private HeapUsage heap() {
    MemoryUsage now = memory.getHeapMemoryUsage();
    return new HeapUsage(
        now.getUsed(),
        Math.max(now.getUsed(), pools.peakBytes()),
        pools.afterGcBytes(),
        pools.liveSetBytes(),
        now.getCommitted(),
        ProcessMemory.known(now.getMax()));
  }

  private BufferUsage buffers(String kind) {
    for (BufferPoolMXBean pool : buffers) {
      if (pool.getName().equals(kind)) {
        return new BufferUsage(pool.getCount(), pool.getMemoryUsed(), pool.getTotalCapacity());
      }
    }
    return BufferUsage.NONE;
  }

  /* ZGC and Shenandoah count a collection, and each pause within it, by a bean of their own. */
  private GcUsage gc() {
    long count = 0;
    long pauseMillis = 0;
    long longLived = 0;
    for (GarbageCollectorMXBean collector : collectors) {
      if (!collector.getName().endsWith("Pauses")) {
        count += Math.max(0, collector.getCollectionCount());
        longLived += pools.isOfLongLived(collector) ? collector.getCollectionCount() : 0;
      }
      if (!collector.getName().endsWith("Cycles")) {
        pauseMillis += Math.max(0, collector.getCollectionTime());
      }
    }
    return new GcUsage(count, pauseMillis, longLived);
  }
}
