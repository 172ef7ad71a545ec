package dev.tiercel.cache;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A computation that is under way on this thread and whose value is put into a cache later: it
 * draws the stamp before the computation and notes what that reads from caches on the same ledger,
 * as a loader's value would depend on it. For what cannot run inside a {@link CacheLoader}, because
 * others wait for it and must not wait for all of it.
 *
 * <p>Begun and closed on one thread, innermost first; {@link #put} may be called on any.
 *
 * <pre>{@code
 * try (Recording recording = Recording.start(cache)) {
 *   Page page = render();
 *   recording.put(pages, "front", page, Tags.of());
 * }
 * }</pre>
 */
public final class Recording implements AutoCloseable {
  private final Stamp stamp;
  private final LoadFrame frame;

  private Recording(TieredCache cache) {
    this.stamp = cache.stamp();
    this.frame = LoadFrame.record(cache);
  }

  /**
   * Begins: what this thread reads from here on is noted.
   *
   * @param cache the cache that the value is for
   * @return the recording, to be closed by this thread
   */
  public static Recording start(TieredCache cache) {
    return new Recording(Objects.requireNonNull(cache, "cache must not be null"));
  }

  /**
   * Whether anything was noted so far that a write could make void, be it by its tags or unnoticed.
   *
   * @return whether there was
   */
  public boolean isDependent() {
    return frame.tags().size() > 0 || frame.isSpoiled();
  }

  /**
   * Whether something was noted so far that has no tags ({@link Ledger#dependsOnUnknown}), so that
   * {@link #put} caches nothing, however often it is tried.
   *
   * @return whether there was
   */
  public boolean isDependentOnUnknown() {
    return frame.isSpoiled();
  }

  /**
   * Does something that the value does not depend on, such as looking where it is to be put: what
   * that reads is not noted.
   *
   * @param work what to do, on this thread
   * @param <V> the type of its result
   * @return its result
   */
  public <V extends @Nullable Object> V apart(Supplier<V> work) {
    return LoadFrame.apart(work);
  }

  /**
   * Caches the value, unless something that it depends on was written since the recording began, or
   * has no tags ({@link Ledger#dependsOnUnknown}). It lives no longer than what was read for it.
   *
   * @param view a view of the cache, whose policy says for how long
   * @param key the key
   * @param value the value
   * @param tags what it depends on, beside what was read
   * @param <V> the type of the value
   * @return whether it was cached
   * @throws IllegalArgumentException if the view is of a cache on another ledger
   */
  public <V> boolean put(TypedCache<V> view, Object key, V value, Tags tags) {
    Objects.requireNonNull(value, "value must not be null");
    Objects.requireNonNull(tags, "tags must not be null");
    return view.put(key, value, tags, stamp.until(frame.expiresAt()), frame.tags());
  }

  /**
   * The moment at which the recording began.
   *
   * @return its stamp
   */
  public Stamp stamp() {
    return stamp;
  }

  /**
   * Notes nothing more. What it is inside of, be that a loader or another recording, depends on
   * what was noted. Closing it again does nothing.
   *
   * @throws IllegalStateException on another thread than that which began it, or before a recording
   *     or loader within it has ended
   */
  @Override
  public void close() {
    frame.endRecord();
  }
}
