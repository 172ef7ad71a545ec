package dev.tiercel.cache;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Writes that happened, or may have, and could not be logged. Their tags stay marked, so what they
 * changed is not served from a cache, until a later commit logs them too. Thread-safe.
 */
final class Debts {
  private final Queue<Raise> open = new ConcurrentLinkedQueue<>();

  /** Adds one whose tags are marked, all of them. */
  void add(Raise marked) {
    open.add(marked);
  }

  List<Raise> open() {
    return List.copyOf(open);
  }

  void paid(List<Raise> debts, Versions versions) {
    for (Raise debt : debts) {
      if (open.remove(debt)) {
        versions.unmark(debt);
      }
    }
  }
}
