package dev.tiercel.tier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file of records, one behind the other. It begins with a header, and once nothing is appended
 * any more it ends with a {@link SegmentFooter}.
 */
final class Segment {
  /** Magic, salt, the CRC32C of both, zeros. */
  static final int HEADER = 24;

  private static final long MAGIC = 0x54_49_45_52_53_45_47_01L; // "TIERSEG", format 1
  private static final int CHECKED = 16;

  final long id;
  final int slot;
  final long salt;
  final SharedFile file;
  private final @Nullable Object key;
  private volatile int end;
  private volatile int carriedTo;
  private volatile long bytes;

  /**
   * A segment that exists.
   *
   * @param end behind its last record
   * @param bytes the size of the file
   */
  Segment(long id, int slot, long salt, SharedFile file, int end, long bytes) throws IOException {
    this.id = id;
    this.slot = slot;
    this.salt = salt;
    this.file = file;
    this.end = end;
    this.bytes = bytes;
    this.key = attributes().fileKey();
  }

  /** Begins an empty segment in an empty file. */
  static Segment begin(long id, int slot, long salt, SharedFile file) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER).putLong(MAGIC).putLong(salt);
    header.putInt(check(header)).clear();
    file.write(header, 0);
    return new Segment(id, slot, salt, file, HEADER, HEADER);
  }

  /** The salt in the header of a file, or null if it is no segment. */
  static @Nullable Long salt(SharedFile file) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    boolean whole =
        file.read(header, 0)
            && header.getLong(0) == MAGIC
            && header.getInt(CHECKED) == check(header);
    return whole ? header.getLong(Long.BYTES) : null;
  }

  private static int check(ByteBuffer header) {
    CRC32C crc = new CRC32C();
    crc.update(header.duplicate().position(0).limit(CHECKED));
    return (int) crc.getValue();
  }

  private BasicFileAttributes attributes() throws IOException {
    return Files.readAttributes(file.path(), BasicFileAttributes.class);
  }

  /** Whether its name still leads to this file, and nobody else wrote to it. */
  boolean isInPlace() {
    try {
      BasicFileAttributes now = attributes();
      return now.size() == bytes && Objects.equals(now.fileKey(), key);
    } catch (IOException e) {
      return false;
    }
  }

  Path path() {
    return file.path();
  }

  /** Behind its last record. */
  int end() {
    return end;
  }

  void end(int to) {
    end = to;
  }

  /** Behind the last record in it that was copied from another segment. */
  int carriedTo() {
    return carriedTo;
  }

  void carriedTo(int to) {
    carriedTo = to;
  }

  /** The size of the file, as far as it is known. */
  long bytes() {
    return bytes;
  }

  void bytes(long size) {
    bytes = size;
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
