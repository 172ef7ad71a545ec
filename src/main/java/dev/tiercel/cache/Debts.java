package dev.tiercel.cache;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Writes that happened, or may have, and could not be logged. Their tags stay marked, so what they
 * changed is not served from a cache, until a later commit logs them too. Thread-safe.
 */
final class Debts {
  /**
   * One of them.
   *
   * @param marked what is marked
   * @param raised what is to be logged
   */
  record Debt(Raise marked, Raise raised) {}

  private final Queue<Debt> open = new ConcurrentLinkedQueue<>();

  void add(Debt debt) {
    open.add(debt);
  }

  List<Debt> open() {
    return List.copyOf(open);
  }

  void paid(List<Debt> debts, Versions versions) {
    for (Debt debt : debts) {
      if (open.remove(debt)) {
        versions.unmark(debt.marked());
      }
    }
  }
}
