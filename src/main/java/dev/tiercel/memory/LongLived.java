package dev.tiercel.memory;

import com.sun.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** Which collections of this JVM remove long-lived objects that are dead, and what they leave. */
final class LongLived {
  static final String G1_MARKING = "G1 Concurrent GC";

  private static final String G1_YOUNG = "G1 Young Generation";

  /** They name the old pool among theirs, and remove nothing from it, or only sometimes. */
  private static final Set<String> OTHERS = Set.of(G1_YOUNG, G1_MARKING, "ZGC Minor Cycles");

  /** Where there is one, a collection may be of it alone, and nothing tells which ones are. */
  private static final String SHENANDOAH_YOUNG = "Shenandoah Young Gen";

  private LongLived() {}

  /** The newest collection of them. */
  static Supplier<Left> collections(HeapPools pools) {
    List<GarbageCollectorMXBean> collectors =
        ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);
    Set<String> longLived = pools.longLived();
    Supplier<Left> full =
        newest(collectors, longLived, (name, its) -> removeDead(name, its, longLived));
    return collectors.stream().noneMatch(collector -> collector.getName().equals(G1_YOUNG))
        ? full
        : new MixedCollections(
            full,
            newest(collectors, longLived, (name, its) -> name.equals(G1_MARKING)),
            pools::oldBytes);
  }

  /** Whether each collection of a collector with these pools does. */
  static boolean removeDead(String collector, Set<String> its, Set<String> longLived) {
    return !OTHERS.contains(collector)
        && !collector.endsWith("Pauses")
        && !its.contains(SHENANDOAH_YOUNG)
        && longLived.stream().anyMatch(its::contains);
  }

  private static Supplier<Left> newest(
      List<GarbageCollectorMXBean> collectors,
      Set<String> pools,
      BiPredicate<String, Set<String>> which) {
    for (GarbageCollectorMXBean collector : collectors) {
      if (which.test(collector.getName(), Set.of(collector.getMemoryPoolNames()))) {
        return new LastCollection(collector, pools);
      }
    }
    return () -> Left.NOTHING;
  }
}
