package dev.tiercel.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Keeps the newest of what it is given. Thread-safe.
 *
 * @param <T> what it is given
 */
final class Ring<T> {
  private final int room;
  private final Deque<T> kept = new ArrayDeque<>(); // Guarded by: this

  Ring(int room) {
    this.room = room;
  }

  synchronized void add(T newest) {
    if (kept.size() == room) {
      kept.removeFirst();
    }
    kept.addLast(newest);
  }

  /** At most so many, the newest last. */
  synchronized List<T> newest(int most) {
    List<T> all = new ArrayList<>(kept);
    return List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
  }
}
