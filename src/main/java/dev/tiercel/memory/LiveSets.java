package dev.tiercel.memory;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Picks the snapshots that a collection of the long-lived objects came before, and has them judged.
 * Between two collections the live set is an old figure; counted again and again it would hide any
 * growth. The first snapshot is where counting begins: nobody knows how old its figure is.
 *
 * <p>Snapshots come one at a time, in order. Reading is safe for any number of threads.
 */
final class LiveSets {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryProfiler.class);

  private final Ring<LiveSet> sets;
  private final LeakDetector detector;
  private final Consumer<LeakVerdict> listener;

  private @Nullable Long counted;
  private volatile LeakVerdict verdict;

  LiveSets(int window, LeakDetector detector, Consumer<LeakVerdict> listener) {
    this.sets = new Ring<>(window);
    this.detector = detector;
    this.listener = listener;
    this.verdict = detector.judge(List.of());
  }

  List<LiveSet> all() {
    return sets.all();
  }

  LeakVerdict verdict() {
    return verdict;
  }

  /** Adds a snapshot. Returns the verdict if it became a leak by it, otherwise null. */
  @Nullable LeakVerdict add(MemorySnapshot now) {
    long count = now.gc().longLivedCount();
    OptionalLong bytes = now.heap().liveSetBytes();
    boolean isNew = counted != null && count > counted && bytes.isPresent();
    counted = counted == null ? count : Math.max(counted, count);
    if (!isNew) {
      return null;
    }
    sets.add(new LiveSet(now.at(), bytes.getAsLong()));
    LeakVerdict before = verdict;
    verdict = detector.judge(all());
    return verdict.isLeak() && !before.isLeak() ? verdict : null;
  }

  /** Tells of a leak. */
  void tell(LeakVerdict leak) {
    LOG.warn("memory leaks, as it seems: {}", leak);
    try {
      listener.accept(leak);
    } catch (Throwable e) {
      LOG.warn("what listens to leaks failed", e);
    }
  }
}
