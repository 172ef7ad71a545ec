package dev.tiercel.soak;

import dev.tiercel.cache.TierStats;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What was done in all openings: a fault that never bit, and work nobody did, prove nothing. */
final class Done {
  final LongAdder refused = new LongAdder();
  final LongAdder interrupted = new LongAdder();
  final LongAdder tierFailures = new LongAdder();
  final LongAdder backups = new LongAdder();
  final LongAdder published = new LongAdder();
  private final LongAdder damaged = new LongAdder();
  private final Map<SoakFault.Maker, LongAdder> failed = new EnumMap<>(SoakFault.Maker.class);
  private final Map<String, LongAdder> steps = new ConcurrentSkipListMap<>();

  Done() {
    for (SoakFault.Maker maker : SoakFault.Maker.values()) {
      failed.put(maker, new LongAdder());
    }
  }

  void failed(SoakFault.Maker maker) {
    failed.get(maker).increment();
  }

  void damaged(List<TierStats> tiers) {
    tiers.forEach(tier -> damaged.add(tier.use().damaged()));
  }

  void steps(String worker, long count) {
    steps.computeIfAbsent(worker, name -> new LongAdder()).add(count);
  }

  /** What was never done; faults may miss in a few seconds, work may not. */
  List<String> missing(boolean isForFaults) {
    Map<String, LongAdder> wanted = new TreeMap<>(steps);
    if (isForFaults) {
      wanted.put("a damage that a tier noticed", damaged);
      wanted.put("a refusal by the rate limit", refused);
      wanted.put("an interrupt in the middle of something", interrupted);
      failed.forEach((maker, count) -> wanted.put("a failure on purpose of a " + maker, count));
      wanted.put("a failure of a tier on purpose", tierFailures);
      wanted.put("a backup", backups);
      wanted.put("a publisher's tasks", published);
    }
    List<String> missing = new ArrayList<>();
    wanted.forEach(
        (what, count) -> {
          if (count.sum() == 0) {
            missing.add("never once: " + what);
          }
        });
    return missing;
  }

  @Override
  public String toString() {
    return "so far damaged %,d, refused by the rate limit %,d, interrupted %,d, failed on purpose"
            .formatted(damaged.sum(), refused.sum(), interrupted.sum())
        + " %s, tier failures %,d, backups %,d, published %,d"
            .formatted(failed, tierFailures.sum(), backups.sum(), published.sum());
  }
}
