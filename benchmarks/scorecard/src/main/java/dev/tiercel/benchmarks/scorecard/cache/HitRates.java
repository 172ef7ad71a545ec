package dev.tiercel.benchmarks.scorecard.cache;

import java.util.EnumMap;
import java.util.Map;

/** How many reads were answered by a cache, by kind. */
final class HitRates {
  private static final class Count {
    private long reads;
    private long hits;
  }

  private final Map<Read.Kind, Count> counts = new EnumMap<>(Read.Kind.class);

  HitRates() {
    for (Read.Kind kind : Read.Kind.values()) {
      counts.put(kind, new Count());
    }
  }

  void add(Read read, boolean hit) {
    Count count = counts.get(read.kind());
    count.reads++;
    count.hits += hit ? 1 : 0;
  }

  double percent(Read.Kind kind) {
    Count count = counts.get(kind);
    return 100.0 * count.hits / count.reads;
  }

  double percent() {
    return 100.0 * hits() / reads();
  }

  long reads() {
    return counts.values().stream().mapToLong(count -> count.reads).sum();
  }

  long hits() {
    return counts.values().stream().mapToLong(count -> count.hits).sum();
  }
}
