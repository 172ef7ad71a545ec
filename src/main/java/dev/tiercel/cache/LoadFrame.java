package dev.tiercel.cache;

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
  private final Object key;
  private final @Nullable LoadFrame outer;
  private TagSet tags = TagSet.NONE;

  private LoadFrame(TieredCache cache, Object key, @Nullable LoadFrame outer) {
    this.cache = cache;
    this.key = key;
    this.outer = outer;
  }

  static LoadFrame enter(TieredCache cache, Object key) {
    LoadFrame frame = new LoadFrame(cache, key, CURRENT.get());
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
  static void depends(Ledger ledger, Object key, Entry answer) {
    if (LOADING.get() > 0) {
      LoadFrame frame = CURRENT.get();
      if (frame != null && frame.cache.ledger() == ledger) {
        frame.tags = frame.tags.and(answer.tags).andKey(Keys.text(key));
      }
    }
  }

  /** Whether a loader is at work on this thread. */
  static boolean isLoading() {
    return LOADING.get() > 0 && CURRENT.get() != null;
  }

  /** Refuses a loader that asks for what it is to load. */
  static void refuseReentry(TieredCache cache, Object key) {
    for (LoadFrame frame = CURRENT.get(); frame != null; frame = frame.outer) {
      if (frame.cache == cache && frame.key.equals(key)) {
        throw new IllegalStateException(
            "the loader of key " + key + " asks the cache for the same key; compute it instead");
      }
    }
  }

  TagSet tags() {
    return tags;
  }
}
