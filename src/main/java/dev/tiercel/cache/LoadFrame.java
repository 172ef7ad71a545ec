package dev.tiercel.cache;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
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
  private final boolean isRecording;
  private volatile TagSet tags = TagSet.NONE;
  private volatile long expiresAt = Long.MAX_VALUE;
  private volatile boolean closed;

  private LoadFrame(
      TieredCache cache, Set<?> keys, @Nullable LoadFrame outer, boolean isRecording) {
    this.cache = cache;
    this.keys = keys;
    this.outer = outer;
    this.isRecording = isRecording;
  }

  static LoadFrame enter(TieredCache cache, Set<?> keys) {
    return enter(cache, keys, false);
  }

  /** The same for a {@link Recording}, which loads nothing itself. */
  static LoadFrame record(TieredCache cache) {
    return enter(cache, Set.of(), true);
  }

  private static LoadFrame enter(TieredCache cache, Set<?> keys, boolean isRecording) {
    LoadFrame frame = new LoadFrame(cache, keys, CURRENT.get(), isRecording);
    LOADING.incrementAndGet();
    CURRENT.set(frame);
    return frame;
  }

  /**
   * Ends what {@link #record} began, once; what is around it depends on what was noted too.
   *
   * @throws IllegalStateException on another thread, or while something within is at work
   */
  void endRecord() {
    if (closed) {
      return;
    }
    if (CURRENT.get() != this) {
      throw new IllegalStateException(
          "a recording is closed by the thread that began it, innermost first");
    }
    closed = true;
    close();
    LoadFrame around = on(cache.ledger());
    if (around != null) {
      around.tags = around.tags.and(tags);
      around.expiresAt = Math.min(around.expiresAt, expiresAt);
    }
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

  /** The same for what has no tags: nothing that is made of it is cached. */
  static void spoil(Ledger ledger) {
    LoadFrame frame = on(ledger);
    if (frame != null) {
      frame.expiresAt = Entry.SPOILED;
    }
  }

  private static @Nullable LoadFrame on(Ledger ledger) {
    LoadFrame frame = LOADING.get() > 0 ? CURRENT.get() : null;
    // A loader for a cache on another ledger cannot use the tags, but one around it may.
    while (frame != null && frame.cache.ledger() != ledger) {
      frame = frame.outer;
    }
    return frame;
  }

  /** Whether a loader is at work on this thread; what only records waits for nobody's value. */
  static boolean isLoading() {
    LoadFrame frame = LOADING.get() > 0 ? CURRENT.get() : null;
    while (frame != null && frame.isRecording) {
      frame = frame.outer;
    }
    return frame != null;
  }

  /**
   * Whether this thread may have a key loaded in the background: not inside a loader, whose value
   * would not depend on it. What is only recorded is not cached then.
   */
  static boolean mayRefresh() {
    for (LoadFrame frame = LOADING.get() > 0 ? CURRENT.get() : null;
        frame != null;
        frame = frame.outer) {
      if (!frame.isRecording) {
        return false;
      }
      frame.expiresAt = Entry.SPOILED;
    }
    return true;
  }

  /** Does something that no loader around it depends on. */
  static <V extends @Nullable Object> V apart(Supplier<V> work) {
    LoadFrame frame = CURRENT.get();
    CURRENT.remove();
    try {
      return work.get();
    } finally {
      if (frame != null) {
        CURRENT.set(frame);
      }
    }
  }

  /** Refuses a loader that asks for what it is to load. */
  static void refuseReentry(TieredCache cache, Object key) {
    for (LoadFrame frame = CURRENT.get(); frame != null; frame = frame.outer) {
      if (frame.cache == cache && frame.keys.contains(key)) {
        throw new LoadReentryException(key);
      }
    }
  }

  boolean isSpoiled() {
    return expiresAt == Entry.SPOILED;
  }

  TagSet tags() {
    return tags;
  }

  /** When the first of the answers expires. */
  long expiresAt() {
    return expiresAt;
  }
}
