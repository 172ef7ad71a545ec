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
  private final ThreadMXBean threads;
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final List<BufferPoolMXBean> buffers =
      ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);
  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getGarbageCollectorMXBeans();
  private final HeapPools pools = HeapPools.ofThisJvm();
  private final Supplier<Left> longLived = LongLived.collections(pools);
  private final Supplier<ProcessMemory> process;
  private final boolean countsAllocation;

  JvmSource(Path status) {
    this(status, ManagementFactory.getPlatformMXBean(ThreadMXBean.class));
  }

  JvmSource(Path status, ThreadMXBean threads) {
    this.threads = threads;
    this.countsAllocation = threads.isThreadAllocatedMemorySupported();
    this.process = ProcessMemory.best(status, system);
  }

  @Override
  public MemorySnapshot snapshot(Instant at) {
    ProcessMemory counted = process.get();
    MemoryUsage nonHeap = memory.getNonHeapMemoryUsage();
    Left left = longLived.get();
    return new MemorySnapshot(
        at,
        counted.rssBytes(),
        counted.rssPeakBytes(),
        counted.vmsBytes(),
        cpu(),
        heap(left),
        new NonHeapUsage(nonHeap.getUsed(), nonHeap.getCommitted()),
        buffers("direct"),
        buffers("mapped"),
        gc(left.number()));
  }

  @Override
  public OptionalLong allocatedBytes() {
    long bytes = countsAllocation ? threads.getCurrentThreadAllocatedBytes() : -1;
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
        ProcessMemory.ifPositive(system.getProcessCpuTime()));
  }

  private HeapUsage heap(Left left) {
    MemoryUsage now = memory.getHeapMemoryUsage();
    return new HeapUsage(
        now.getUsed(),
        Math.max(now.getUsed(), pools.peakBytes()),
        pools.afterGcBytes(),
        left.number() > 0 ? OptionalLong.of(left.bytes()) : OptionalLong.empty(),
        now.getCommitted(),
        ProcessMemory.ifPositive(now.getMax()));
  }

  private BufferUsage buffers(String kind) {
    for (BufferPoolMXBean pool : buffers) {
      if (pool.getName().equals(kind)) {
        return new BufferUsage(pool.getCount(), pool.getMemoryUsed(), pool.getTotalCapacity());
      }
    }
    return BufferUsage.NONE;
  }

  /* ZGC and Shenandoah count a collection, and each pause within it, by a bean of their own; G1's
   * marking, by another, pauses and collects nothing. */
  private GcUsage gc(long longLivedCount) {
    long count = 0;
    long pauseMillis = 0;
    for (GarbageCollectorMXBean collector : collectors) {
      String name = collector.getName();
      if (!name.endsWith("Pauses") && !name.equals(LongLived.G1_MARKING)) {
        count += Math.max(0, collector.getCollectionCount());
      }
      if (!name.endsWith("Cycles")) {
        pauseMillis += Math.max(0, collector.getCollectionTime());
      }
    }
    return new GcUsage(count, pauseMillis, longLivedCount);
  }
}
