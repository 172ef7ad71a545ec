package dev.tiercel.cache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far the log of each session goes. A stamp beyond that belongs to a commit that was lost: by a
 * power cut, or because a backup was restored. Thread-safe.
 */
final class Sessions {
  private final Map<Long, Long> last = new ConcurrentHashMap<>();

  void note(long session, long seq) {
    last.merge(session, seq, Math::max);
  }

  boolean isKnown(long session, long stamp) {
    Long end = last.get(session);
    return end != null && stamp <= end;
  }
}
