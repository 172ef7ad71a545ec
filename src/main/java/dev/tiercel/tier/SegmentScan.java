package dev.tiercel.tier;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the records of a segment. Behind a damaged record it goes on with the next, which it
 * finds by the length of the damaged one or, where that is damaged too, by how records begin.
 */
final class SegmentScan implements AutoCloseable {
  private final Segment segment;
  private final RecordReader reader;
  private final ByteBuffer window;
  private final int to;
  private int windowAt;
  private int at = Segment.HEADER;
  private int goodEnd = Segment.HEADER;
  private int damaged;

  /**
   * Begins with the first record.
   *
   * @param to behind the last
   */
  SegmentScan(Segment segment, RecordReader reader, int to) {
    this.segment = segment;
    this.reader = reader;
    this.to = to;
    window = reader.buffers().take().limit(0);
  }

  /** The next record, or null behind the last. */
  @Nullable StoredRecord next() throws IOException {
    while (at + RecordHeader.OVERHEAD <= to) {
      RecordHeader header = header();
      if (header == null) {
        damaged++;
        seek();
      } else if (at + (long) header.aligned() > to) {
        break; // Cut off while it was written.
      } else {
        StoredRecord record = record(header);
        at += header.aligned();
        if (record != null) {
          goodEnd = at;
          return record;
        }
        damaged++;
      }
    }
    if (at < to) {
      damaged++;
      at = to;
    }
    return null;
  }

  /* To the next place where a record may begin. */
  private void seek() throws IOException {
    do {
      at += Place.ALIGNMENT;
    } while (at + RecordHeader.OVERHEAD <= to && header() == null);
  }

  private @Nullable RecordHeader header() throws IOException {
    return load(RecordHeader.BYTES)
        ? RecordHeader.read(window, at - windowAt, segment.salt, at)
        : null;
  }

  private @Nullable StoredRecord record(RecordHeader header) throws IOException {
    if (header.aligned() > window.capacity()) {
      return reader.readLarge(segment, at);
    }
    if (!load(header.aligned())) {
      return null;
    }
    int start = at - windowAt;
    int loaded = window.limit();
    boolean stands = header.stands(window, start);
    window.limit(loaded);
    return stands
        ? new StoredRecord(at, header, header.key(window, start), header.bytes(window, start))
        : null;
  }

  /* Has the next bytes in the window; as many more as go into it come with them. */
  private boolean load(int length) throws IOException {
    if (at < windowAt || at + length > windowAt + window.limit()) {
      int longest = Math.min(window.capacity(), to - at);
      windowAt = at;
      segment.file.read(window.clear().limit(longest), at);
      window.limit(window.position());
    }
    return at + length <= windowAt + window.limit();
  }

  /** Behind the last good record so far. */
  int goodEnd() {
    return goodEnd;
  }

  /**
   * How many records did not stand their checksum; those of which no header is left count as one.
   */
  int damaged() {
    return damaged;
  }

  @Override
  public void close() {
    reader.buffers().give(window.clear());
  }
}
