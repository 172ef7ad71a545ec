package dev.tiercel.memory;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The newest collection of one collector: its number and what it left come from one object, so that
 * no other collection comes between them.
 */
record LastCollection(GarbageCollectorMXBean collector, Set<String> pools)
    implements Supplier<Left> {
  @Override
  public Left get() {
    GcInfo last = collector.getLastGcInfo();
    if (last == null) {
      return Left.NOTHING;
    }
    long bytes = 0;
    for (Map.Entry<String, MemoryUsage> after : last.getMemoryUsageAfterGc().entrySet()) {
      bytes += pools.contains(after.getKey()) ? after.getValue().getUsed() : 0;
    }
    return new Left(last.getId(), bytes);
  }
}
