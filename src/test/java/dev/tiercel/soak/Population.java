package dev.tiercel.soak;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Which tasks are there by what was acknowledged, and of which nobody can tell. Thread-safe. */
final class Population {
  private final Map<String, Boolean> certain = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();

  String nextId() {
    return "task-" + numbers.incrementAndGet();
  }

  /** A task is about to be added or deleted. */
  void inDoubt(String id) {
    certain.put(id, false);
  }

  void isThere(String id) {
    certain.put(id, true);
  }

  void isGone(String id) {
    certain.remove(id);
  }

  /** Holds what is stored against it; returns what is wrong. */
  Set<String> wrong(Set<String> stored) {
    Set<String> wrong = new HashSet<>();
    certain.forEach(
        (id, isSure) -> {
          if (isSure && !stored.contains(id)) {
            wrong.add(id + " is lost");
          }
        });
    for (String id : stored) {
      if (!certain.containsKey(id) && Counting.index(id) < 0) {
        wrong.add(id + " was deleted, or never added");
      }
    }
    return wrong;
  }
}
