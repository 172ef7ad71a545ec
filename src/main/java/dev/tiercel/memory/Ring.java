package dev.tiercel.memory;

import java.util.ArrayDeque;
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

  /** All that is kept, the newest last. */
  List<T> all() {
    return newest(room);
  }

  /** At most so many, the newest last. */
  synchronized List<T> newest(int most) {
    return kept.stream().skip(Math.max(0, kept.size() - most)).toList();
  }
}
