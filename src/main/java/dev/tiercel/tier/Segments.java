package dev.tiercel.tier;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The segments that there are, from the oldest to the newest, and the sum of their bytes. Read by
 * anybody; changed under the lock of the tier.
 */
final class Segments {
  private final ConcurrentSkipListMap<Long, Segment> byId = new ConcurrentSkipListMap<>();
  private final AtomicReferenceArray<@Nullable Segment> bySlot =
      new AtomicReferenceArray<>(Place.SLOTS);
  private int lastSlot;
  private volatile long lastId; // Written under the lock of the tier.
  private final AtomicLong bytes = new AtomicLong();

  @Nullable Segment at(int slot) {
    return bySlot.get(slot);
  }

  @Nullable Segment oldest() {
    return valueOf(byId.firstEntry());
  }

  /** The next younger one. */
  @Nullable Segment after(long id) {
    return valueOf(byId.higherEntry(id));
  }

  private static @Nullable Segment valueOf(Map.@Nullable Entry<Long, Segment> entry) {
    return entry == null ? null : entry.getValue();
  }

  Collection<Segment> all() {
    return byId.values();
  }

  /** Whether the next would leave no slot for those that a copy may need. */
  boolean isFull() {
    return byId.size() >= Place.SLOTS - 4;
  }

  /** A slot that no segment has; the one that was free for the longest time. */
  int freeSlot() {
    do {
      lastSlot = lastSlot % (Place.SLOTS - 1) + 1;
    } while (bySlot.get(lastSlot) != null);
    return lastSlot;
  }

  /** A number that no segment had. */
  long nextId() {
    long next = lastId + 1;
    lastId = next;
    return next;
  }

  /** Notes that a number is used. */
  void used(long id) {
    lastId = Math.max(lastId, id);
  }

  long lastId() {
    return lastId;
  }

  void add(Segment segment) {
    used(segment.id);
    bySlot.set(segment.slot, segment);
    byId.put(segment.id, segment);
    bytes.addAndGet(segment.bytes());
  }

  void resize(Segment segment, long size) {
    bytes.addAndGet(size - segment.bytes());
    segment.bytes(size);
  }

  /** Deletes the file of a segment; of its records none is known any more. */
  void delete(Segment segment) throws IOException {
    segment.file.close();
    Files.deleteIfExists(segment.path());
    forget(segment);
  }

  /**
   * Gives up a segment whose file somebody else deleted. The index knows nothing in it any more, so
   * who is reading it finds that the place of his record has changed.
   */
  void forgetLost(Segment segment) {
    forget(segment);
    try {
      segment.file.close(); // The disk keeps what is deleted for as long as it is open.
    } catch (IOException e) {
      // Whatever could not be written would have been of no use.
    }
  }

  private void forget(Segment segment) {
    bySlot.compareAndSet(segment.slot, segment, null); // It may be another's by now.
    if (byId.remove(segment.id) != null) {
      bytes.addAndGet(-segment.bytes());
    }
  }

  /** How many bytes the files have. */
  long bytes() {
    return bytes.get();
  }

  /** Closes all files, also behind one that cannot be closed properly. */
  void close() throws IOException {
    IOException failure = null;
    for (Segment segment : all()) {
      try {
        segment.file.close();
      } catch (IOException e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
