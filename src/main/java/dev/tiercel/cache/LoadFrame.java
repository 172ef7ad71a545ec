package dev.tiercel.cache;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A loader at work on this thread: what it reads from caches, its result depends on. Loaders within
 * loaders make a chain.
 */
final class LoadFrame implements AutoCloseable {
  private static final ThreadLocal<@Nullable LoadFrame> CURRENT = new ThreadLocal<>();

  /* Most look-ups happen while nobody loads anything, and this is quicker to ask. */
  private static final AtomicInteger LOADING = new AtomicInteger();

  private final TieredCache cache;
  private final Set<?> keys;
  private final @Nullable LoadFrame outer;
  private TagSet tags = TagSet.NONE;
  private long expiresAt = Long.MAX_VALUE;

  private LoadFrame(TieredCache cache, Set<?> keys, @Nullable LoadFrame outer) {
    this.cache = cache;
    this.keys = keys;
    this.outer = outer;
  }

  static LoadFrame enter(TieredCache cache, Set<?> keys) {
    LoadFrame frame = new LoadFrame(cache, keys, CURRENT.get());
    LOADING.incrementAndGet();
    CURRENT.set(frame);
    return frame;
  }

  @Override
  public void close() {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
    LOADING.decrementAndGet();
  }

  /** Tells the loader at work, if there is one, what an answer that it got depends on. */
  static void depends(Ledger ledger, Object key, Entry entry) {
    depends(ledger, key, entry.tags, entry.expiresAt());
  }

  /**
   * The same for an answer that is no entry.
   *
   * @param expiresAt when its time is over; what is made of it does not live longer
   */
  static void depends(Ledger ledger, Object key, TagSet tags, long expiresAt) {
    LoadFrame frame = on(ledger);
    if (frame != null) {
      frame.tags = frame.tags.and(tags).andKey(Keys.text(key));
      frame.expiresAt = Math.min(frame.expiresAt, expiresAt);
    }
  }

  /** The same for what was not read from a cache; false if no loader is at work. */
  static boolean depends(Ledger ledger, TagSet tags) {
    LoadFrame frame = on(ledger);
    if (frame != null) {
      frame.tags = frame.tags.and(tags);
    }
    return frame != null;
  }

  private static @Nullable LoadFrame on(Ledger ledger) {
    LoadFrame frame = LOADING.get() > 0 ? CURRENT.get() : null;
    // A loader for a cache on another ledger cannot use the tags, but one around it may.
    while (frame != null && frame.cache.ledger() != ledger) {
      frame = frame.outer;
    }
    return frame;
  }

  /** Whether a loader is at work on this thread. */
  static boolean isLoading() {
    return LOADING.get() > 0 && CURRENT.get() != null;
  }

  /** Refuses a loader that asks for what it is to load. */
  static void refuseReentry(TieredCache cache, Object key) {
    for (LoadFrame frame = CURRENT.get(); frame != null; frame = frame.outer) {
      if (frame.cache == cache && frame.keys.contains(key)) {
        throw new LoadReentryException(key);
      }
    }
  }

  TagSet tags() {
    return tags;
  }

  /** When the first of the answers expires. */
  long expiresAt() {
    return expiresAt;
  }
}
