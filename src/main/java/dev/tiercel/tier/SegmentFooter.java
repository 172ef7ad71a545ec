package dev.tiercel.tier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The end of a segment that is finished: hash, order and place of its records, so that a start need
 * not read them. It is {@value #LINE} bytes a record; then magic, salt, where it begins, how many
 * records it has, and the CRC32C of all this.
 *
 * @param salt of the segment
 * @param start where it begins and the records end
 * @param entries the records; their places have no slot
 */
record SegmentFooter(long salt, int start, EntryList entries) {
  static final int LINE = 24;

  private static final int TRAILER = 32;
  private static final int CHECKED = 24;
  private static final long MAGIC = 0x54_49_45_52_46_4f_4f_01L; // "TIERFOO", format 1

  /** How long it is for so many records. */
  static long bytes(int records) {
    return (long) records * LINE + TRAILER;
  }

  /**
   * Writes a footer behind the records of a segment.
   *
   * @param buffer which may be used for it
   * @return the size of the file
   */
  static long write(SharedFile file, Segment segment, EntryList entries, ByteBuffer buffer)
      throws IOException {
    CRC32C crc = new CRC32C();
    long at = segment.end();
    buffer.clear();
    for (int i = 0; i < entries.size(); i++) {
      long place = entries.place(i);
      buffer.putLong(entries.hash(i)).putLong(entries.order(i));
      buffer.putLong(Place.of(0, Place.offset(place), Place.length(place)));
      if (buffer.remaining() < LINE) {
        at = append(file, buffer, crc, at);
      }
    }
    at = append(file, buffer, crc, at);
    buffer.putLong(MAGIC).putLong(segment.salt).putInt(segment.end()).putInt(entries.size());
    crc.update(buffer.flip());
    buffer.limit(TRAILER).putInt((int) crc.getValue()).putInt(0);
    file.write(buffer.flip(), at);
    return at + TRAILER;
  }

  private static long append(SharedFile file, ByteBuffer buffer, CRC32C crc, long at)
      throws IOException {
    int length = buffer.flip().limit();
    crc.update(buffer);
    file.write(buffer.rewind(), at);
    buffer.clear();
    return at + length;
  }

  /**
   * Reads the footer of a file.
   *
   * @param buffer which may be used for it
   * @return null if it has none, or a damaged one
   */
  static @Nullable SegmentFooter read(SharedFile file, long size, ByteBuffer buffer)
      throws IOException {
    ByteBuffer trailer = ByteBuffer.allocate(TRAILER);
    if (size < Segment.HEADER + TRAILER || !file.read(trailer, size - TRAILER)) {
      return null;
    }
    trailer.flip();
    long magic = trailer.getLong();
    long salt = trailer.getLong();
    int start = trailer.getInt();
    int count = trailer.getInt();
    if (magic != MAGIC || count < 0 || start < Segment.HEADER || start + bytes(count) != size) {
      return null;
    }
    CRC32C crc = new CRC32C();
    EntryList entries = entries(file, start, count, buffer, crc);
    crc.update(trailer.array(), 0, CHECKED);
    boolean whole = trailer.getInt(CHECKED) == (int) crc.getValue();
    return whole ? new SegmentFooter(salt, start, entries) : null;
  }

  private static EntryList entries(
      SharedFile file, int start, int count, ByteBuffer buffer, CRC32C crc) throws IOException {
    EntryList entries = new EntryList();
    int inOne = buffer.capacity() / LINE;
    for (int done = 0; done < count; done += inOne) {
      buffer.clear().limit(Math.min(inOne, count - done) * LINE);
      file.read(buffer, start + (long) done * LINE);
      crc.update(buffer.flip());
      buffer.rewind();
      while (buffer.remaining() >= LINE) {
        entries.entry(buffer.getLong(), buffer.getLong(), buffer.getLong());
      }
    }
    return entries;
  }
}
