package dev.tiercel.tier;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record whose place is known: with one read of the file, unless it is large. Thread-safe.
 */
final class RecordReader {
  private final BufferPool buffers = new BufferPool();

  /** Buffers for whoever reads more. */
  BufferPool buffers() {
    return buffers;
  }

  /**
   * Reads the record of a key.
   *
   * @return null if there is another, or a damaged one
   */
  @Nullable TierRecord read(Segment segment, long place, EncodedKey key, String text)
      throws IOException {
    if (Place.length(place) > BufferPool.BYTES) {
      StoredRecord found = readLarge(segment, Place.offset(place));
      return found == null || !found.key().isSame(key.bytes()) ? null : found.toRecord(text);
    }
    ByteBuffer buffer = buffers.take();
    try {
      RecordHeader header = load(segment, place, buffer);
      if (header == null || !header.hasKey(buffer, 0, key) || !header.stands(buffer, 0)) {
        return null;
      }
      return new TierRecord(text, header.order(), header.expiresAt(), header.bytes(buffer, 0));
    } finally {
      buffers.give(buffer);
    }
  }

  /**
   * Reads a record, whatever its key is.
   *
   * @return null if it is damaged
   */
  @Nullable StoredRecord read(Segment segment, long place) throws IOException {
    int offset = Place.offset(place);
    if (Place.length(place) > BufferPool.BYTES) {
      return readLarge(segment, offset);
    }
    ByteBuffer buffer = buffers.take();
    try {
      RecordHeader header = load(segment, place, buffer);
      return header == null || !header.stands(buffer, 0)
          ? null
          : new StoredRecord(offset, header, header.key(buffer, 0), header.bytes(buffer, 0));
    } finally {
      buffers.give(buffer);
    }
  }

  private static @Nullable RecordHeader load(Segment segment, long place, ByteBuffer buffer)
      throws IOException {
    int length = Place.length(place);
    int offset = Place.offset(place);
    if (length < RecordHeader.BYTES || !segment.file.read(buffer.limit(length), offset)) {
      return null;
    }
    RecordHeader header = RecordHeader.read(buffer.clear(), 0, segment.salt, offset);
    return header == null || header.aligned() != length ? null : header;
  }

  /**
   * Reads a record part by part.
   *
   * @return null if it is damaged
   */
  @Nullable StoredRecord readLarge(Segment segment, int offset) throws IOException {
    ByteBuffer buffer = buffers.take();
    try {
      return new LargeRecord(segment, offset, buffer).read();
    } finally {
      buffers.give(buffer);
    }
  }
}
