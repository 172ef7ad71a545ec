package dev.tiercel.tier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the records of the segments that are there at a start: by the footer, or where there is
 * none by reading all of it. What is no segment any more is deleted.
 */
final class SegmentLoader {
  private final SegmentFolder folder;
  private final Segments segments;
  private final TierIndex index;
  private final RecordReader reader;
  private final TierTally tally;

  SegmentLoader(
      SegmentFolder folder,
      Segments segments,
      TierIndex index,
      RecordReader reader,
      TierTally tally) {
    this.folder = folder;
    this.segments = segments;
    this.index = index;
    this.reader = reader;
    this.tally = tally;
  }

  void load() throws IOException {
    for (long id : folder.ids()) {
      segments.used(id);
      Segment oldest = segments.isFull() ? segments.oldest() : null;
      if (oldest != null) {
        tally.evicted.add(index.drop(oldest.slot));
        segments.delete(oldest);
      }
      load(id, folder.segment(id));
    }
  }

  private void load(long id, Path path) {
    try {
      if (!take(id, path)) {
        Files.delete(path);
      }
    } catch (IOException e) {
      tally.damaged.found(1); // It is left for people to look at.
    }
  }

  private boolean take(long id, Path path) throws IOException {
    SharedFile file = SharedFile.read(path);
    int slot = segments.freeSlot();
    boolean taken = false;
    try {
      taken = load(id, slot, file);
      return taken;
    } finally {
      if (!taken) {
        index.drop(slot); // It may have come to a sector that cannot be read.
        file.close();
      }
    }
  }

  private boolean load(long id, int slot, SharedFile file) throws IOException {
    long size = file.size();
    ByteBuffer buffer = reader.buffers().take();
    SegmentFooter footer;
    try {
      footer = SegmentFooter.read(file, size, buffer);
    } finally {
      reader.buffers().give(buffer);
    }
    if (footer == null) {
      return scan(id, slot, file, size);
    }
    EntryList entries = footer.entries();
    for (int i = 0; i < entries.size(); i++) {
      index.put(entries.hash(i), entries.order(i), inSlot(slot, entries.place(i)));
    }
    segments.add(new Segment(id, slot, footer.salt(), file, footer.start(), size));
    return true;
  }

  private static long inSlot(int slot, long place) {
    return Place.of(slot, Place.offset(place), Place.length(place));
  }

  private boolean scan(long id, int slot, SharedFile file, long size) throws IOException {
    Long salt = Segment.salt(file);
    if (salt == null || size > Place.MAX_SEGMENT) {
      tally.damaged.found(size > 0 ? 1 : 0);
      return false;
    }
    Segment segment = new Segment(id, slot, salt, file, (int) size, size);
    try (SegmentScan scan = new SegmentScan(segment, reader, (int) size)) {
      for (StoredRecord found = scan.next(); found != null; found = scan.next()) {
        index.put(found.key().hash(), found.header().order(), found.place(slot));
      }
      tally.damaged.found(scan.damaged());
      if (scan.goodEnd() == Segment.HEADER) {
        return false;
      }
      segment.end(scan.goodEnd());
    }
    segment.bytes(seal(segment));
    segments.add(segment);
    return true;
  }

  /* So that the next start is quick; it may be that nothing can be written here. */
  private long seal(Segment segment) throws IOException {
    EntryList entries = new EntryList();
    index.list(segment.slot, entries);
    ByteBuffer buffer = reader.buffers().take();
    try (SharedFile file = SharedFile.write(segment.path())) {
      file.truncate(segment.end());
      return SegmentFooter.write(file, segment, entries, buffer);
    } catch (IOException e) {
      return segment.file.size();
    } finally {
      reader.buffers().give(buffer);
    }
  }
}
