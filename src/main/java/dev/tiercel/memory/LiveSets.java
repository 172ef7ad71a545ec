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
 * growth. Thread-safe.
 */
final class LiveSets {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryProfiler.class);

  private final Ring<LiveSet> sets;
  private final int window;
  private final LeakDetector detector;
  private final Consumer<LeakVerdict> told;

  // Mutable state, guarded by: this
  private @Nullable MemorySnapshot last;

  private volatile LeakVerdict verdict;

  LiveSets(int window, LeakDetector detector, Consumer<LeakVerdict> told) {
    this.sets = new Ring<>(window);
    this.window = window;
    this.detector = detector;
    this.told = told;
    this.verdict = detector.judge(List.of());
  }

  List<LiveSet> all() {
    return sets.newest(window);
  }

  LeakVerdict verdict() {
    return verdict;
  }

  /** Looks at a snapshot; tells of a leak when it becomes one. */
  void see(MemorySnapshot now) {
    boolean began;
    LeakVerdict judged;
    synchronized (this) {
      OptionalLong bytes = now.heap().liveSetBytes();
      if (bytes.isEmpty() || !isNew(now)) {
        return;
      }
      last = now;
      sets.add(new LiveSet(now.at(), bytes.getAsLong()));
      judged = detector.judge(all());
      began = judged.isLeak() && !verdict.isLeak();
      verdict = judged;
    }
    if (began) {
      tell(judged);
    }
  }

  /** A mixed collection of G1 shows by another figure only. */
  private synchronized boolean isNew(MemorySnapshot now) {
    return last == null
        || now.gc().longLivedCount() > last.gc().longLivedCount()
        || !now.heap().liveSetBytes().equals(last.heap().liveSetBytes());
  }

  private void tell(LeakVerdict leak) {
    LOG.warn("memory leaks, as it seems: {}", leak);
    try {
      told.accept(leak);
    } catch (Throwable e) {
      LOG.warn("what listens to leaks failed", e);
    }
  }
}
