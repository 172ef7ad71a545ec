package dev.tiercel.memory;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Adds up measurements by name, for a bounded number of names; what comes under further ones is
 * added up as one. Thread-safe.
 */
final class Operations {
  static final String OTHER = "(other)";

  private final ConcurrentHashMap<String, OperationStats> stats = new ConcurrentHashMap<>();
  private final int most;
  private int names; // Guarded by: this

  Operations(int most) {
    this.most = most;
  }

  void add(Measurement one) {
    String name = stats.containsKey(one.name()) || admit(one.name()) ? one.name() : OTHER;
    stats.compute(
        name, (key, before) -> (before == null ? OperationStats.none(key) : before).and(one));
  }

  /** Whether there is room for another name; it has its place then. */
  private synchronized boolean admit(String name) {
    if (!stats.containsKey(name)) {
      if (names == most) {
        return false;
      }
      names++;
      stats.put(name, OperationStats.none(name));
    }
    return true;
  }

  /** By name. */
  List<OperationStats> all() {
    return stats.values().stream().sorted(Comparator.comparing(OperationStats::name)).toList();
  }
}
