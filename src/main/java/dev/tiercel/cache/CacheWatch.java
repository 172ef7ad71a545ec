package dev.tiercel.cache;

import java.util.List;

/**
 * Watches what the misses of a cache cost and which keys they are of, from when it is opened until
 * it is closed. A hit costs nothing more by it, a miss is counted; while nobody watches, neither
 * does.
 *
 * <p>Thread-safe. See {@link TieredCache#watch}.
 */
public final class CacheWatch implements AutoCloseable {
  private final Watches watches;
  private final LoadHistogram loads = new LoadHistogram();
  private final MissHeat misses;

  CacheWatch(Watches watches, CoarseClock clock) {
    this.watches = watches;
    this.misses = new MissHeat(clock);
  }

  /**
   * How long the loads took that ended while this watched.
   *
   * @return a snapshot; what it {@linkplain LoadTimes#since leaves out of} a later one are the
   *     loads between them
   */
  public LoadTimes loadTimes() {
    return loads.snapshot();
  }

  /**
   * The keys that are missed most. A miss counts half after a minute. Keys that are missed seldom
   * may be left out, because no more than 1,024 are kept in view.
   *
   * @param most how many at most, 0 or more
   * @return the keys, the one that is missed most first
   * @throws IllegalArgumentException if the number is negative
   */
  public List<MissedKey> topMisses(int most) {
    if (most < 0) {
      throw new IllegalArgumentException("most must be 0 or more, but is " + most);
    }
    return misses.top(most);
  }

  /** Watches no more; what it saw can still be asked for. Closing again does nothing. */
  @Override
  public void close() {
    watches.remove(this);
  }

  void loaded(long nanos) {
    loads.add(nanos);
  }

  void missed(Object key, Miss.Reason reason) {
    misses.note(key, reason);
  }
}
