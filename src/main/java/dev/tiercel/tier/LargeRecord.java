package dev.tiercel.tier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads a record that is larger than a buffer, part by part. */
final class LargeRecord {
  private final Segment segment;
  private final int offset;
  private final ByteBuffer buffer;
  private final CRC32C crc = new CRC32C();
  private long at;

  LargeRecord(Segment segment, int offset, ByteBuffer buffer) {
    this.segment = segment;
    this.offset = offset;
    this.buffer = buffer;
    this.at = offset;
  }

  /** The record, or null if it is damaged. */
  @Nullable StoredRecord read() throws IOException {
    if (!next(RecordHeader.BYTES)) {
      return null;
    }
    RecordHeader header = RecordHeader.read(buffer, 0, segment.salt, offset);
    if (header == null) {
      return null;
    }
    crc.update(buffer);
    byte[] key = new byte[header.keyLength()];
    byte[] bytes = new byte[header.bytesLength()];
    boolean whole =
        fill(key) && fill(bytes) && next(Integer.BYTES) && buffer.getInt() == (int) crc.getValue();
    return whole ? new StoredRecord(offset, header, EncodedKey.of(key), bytes) : null;
  }

  private boolean fill(byte[] part) throws IOException {
    for (int done = 0; done < part.length; done += buffer.limit()) {
      if (!next(Math.min(buffer.capacity(), part.length - done))) {
        return false;
      }
      crc.update(buffer);
      buffer.rewind().get(part, done, buffer.limit());
    }
    return true;
  }

  private boolean next(int length) throws IOException {
    boolean whole = segment.file.read(buffer.clear().limit(length), at);
    buffer.rewind();
    at += length;
    return whole;
  }
}
