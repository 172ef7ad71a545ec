package dev.tiercel.tier;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Wins room back: the oldest segment goes, whole. What in it was read since it was written is
 * written again first, as in SIEVE (Zhang et al., "SIEVE is Simpler than LRU"), so it becomes young
 * and has to be read again; but only so much of it that room is won. Used under the lock of the
 * tier.
 */
final class Reclaim {
  /* Of a segment that goes, at least the other half is room that is won. */
  private static final int SHARE = 2;

  /* So much of the bound the files may be above it while a segment is copied. */
  private static final int EXCESS = 16;

  private final Segments segments;
  private final TierIndex index;
  private final RecordReader reader;
  private final SegmentWriter writer;
  private final TierTally tally;
  private final long maxBytes;
  private final int segmentBytes;

  Reclaim(
      Segments segments,
      TierIndex index,
      RecordReader reader,
      SegmentWriter writer,
      TierTally tally,
      long maxBytes,
      int segmentBytes) {
    this.segments = segments;
    this.index = index;
    this.reader = reader;
    this.writer = writer;
    this.tally = tally;
    this.maxBytes = maxBytes;
    this.segmentBytes = segmentBytes;
  }

  /** Makes room for a record below the bound. */
  void makeRoom(long length) throws IOException {
    long needed = length + SegmentFooter.LINE;
    while (segments.bytes() + writer.owed() + needed > maxBytes || segments.isFull()) {
      writer.flush();
      Segment oldest = finishedOldest();
      if (oldest == null) {
        return;
      }
      EntryList entries = new EntryList();
      index.list(oldest.slot, entries);
      retire(oldest, entries, Math.min(oldest.bytes() / SHARE, maxBytes / EXCESS), false);
    }
  }

  /** Drops what is above the bound before anything was read or written. */
  void trim() throws IOException {
    Segment oldest = segments.oldest();
    while (segments.bytes() > maxBytes && oldest != null) {
      tally.evicted.add(index.drop(oldest.slot));
      segments.delete(oldest);
      oldest = segments.oldest();
    }
  }

  /**
   * If more than half of the bytes are of records that were replaced or removed, writes those of
   * the oldest segment again that were not.
   *
   * @return whether it did
   */
  boolean compact() throws IOException {
    long bytes = segments.bytes();
    long dead = bytes - index.liveBytes();
    if (dead <= bytes / 2 || dead < segmentBytes) {
      return false;
    }
    Segment oldest = finishedOldest();
    if (oldest == null) {
      return false;
    }
    EntryList entries = new EntryList();
    index.list(oldest.slot, entries);
    long budget = maxBytes + maxBytes / EXCESS - segments.bytes() - writer.owed();
    if (entries.cost() > budget) {
      return false; // It waits for its turn to be dropped.
    }
    retire(oldest, entries, budget, true);
    return true;
  }

  private @Nullable Segment finishedOldest() throws IOException {
    Segment oldest = segments.oldest();
    if (oldest != null && writer.isActive(oldest)) {
      writer.seal();
      oldest = segments.oldest(); // An empty one is gone by now.
    }
    return oldest;
  }

  private void retire(Segment oldest, EntryList entries, long budget, boolean evenUnread)
      throws IOException {
    try {
      carry(oldest, entries, budget, evenUnread);
    } catch (IOException e) {
      writer.abandon(); // Where nothing can be written, room is wanted all the more.
    }
    if (segments.at(oldest.slot) == oldest) { // Else its file was lost meanwhile, and all with it.
      tally.evicted.add(index.drop(oldest.slot));
      segments.delete(oldest);
    }
  }

  private void carry(Segment oldest, EntryList entries, long budget, boolean evenUnread)
      throws IOException {
    long left = budget;
    for (int i = 0; i < entries.size(); i++) {
      long place = Place.bare(entries.place(i));
      left -= evenUnread || Place.wasRead(entries.place(i)) ? TierIndex.cost(place) : 0;
      if (left < 0) {
        break;
      }
      if (evenUnread || Place.wasRead(entries.place(i))) {
        StoredRecord record = reader.read(oldest, place);
        if (record != null) {
          writer.append(record.key(), record.header(), record.bytes(), place);
        } else if (index.remove(entries.hash(i), place)) {
          tally.damaged.found(1);
        }
      }
    }
    writer.flush();
  }
}
