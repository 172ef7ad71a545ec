package dev.tiercel.cache;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What one row of the log says.
 *
 * <p>The blob is a byte with the format (high four bits) and the parts that follow (low four bits):
 * the floor, 8 bytes; the tags, a count of 2 bytes and 8 bytes each; the patterns, a count of 2
 * bytes and each a length of 4 bytes and UTF-8. At the end stands the CRC-32C of all that, and of
 * the number and the session of the row, 4 bytes. Everything is big-endian.
 *
 * @param raise what the commit voids
 * @param floor entries with an older stamp are void; 0 voids none
 */
record LogRow(Raise raise, long floor) {
  private static final int FORMAT = 1 << 4;
  private static final int TAGS = 1;
  private static final int PATTERNS = 2;
  private static final int EVERYTHING = 4;
  private static final int FLOOR = 8;
  private static final int CHECK_BYTES = Integer.BYTES;

  /** Writes the blob of the row with this number. */
  byte[] encode(long seq, long session) {
    List<byte[]> patterns =
        raise.patterns().stream().map(each -> each.getBytes(StandardCharsets.UTF_8)).toList();
    int size = 1 + Long.BYTES + 2 * Short.BYTES + raise.hashes().length * Long.BYTES + CHECK_BYTES;
    for (byte[] pattern : patterns) {
      size += Integer.BYTES + pattern.length;
    }
    ByteBuffer blob = ByteBuffer.allocate(size);
    blob.put((byte) (FORMAT | parts()));
    if (floor > 0) {
      blob.putLong(floor);
    }
    if (raise.hashes().length > 0) {
      blob.putShort((short) raise.hashes().length);
      for (long hash : raise.hashes()) {
        blob.putLong(hash);
      }
    }
    if (!patterns.isEmpty()) {
      blob.putShort((short) patterns.size());
      for (byte[] pattern : patterns) {
        blob.putInt(pattern.length).put(pattern);
      }
    }
    blob.putInt(check(blob.array(), blob.position(), seq, session));
    byte[] written = new byte[blob.position()];
    blob.flip().get(written);
    return written;
  }

  private int parts() {
    return (raise.hashes().length > 0 ? TAGS : 0)
        | (raise.patterns().isEmpty() ? 0 : PATTERNS)
        | (raise.everything() ? EVERYTHING : 0)
        | (floor > 0 ? FLOOR : 0);
  }

  /**
   * Reads a blob.
   *
   * @return what it says; null if it is damaged, from another row or of an unknown format
   */
  static @Nullable LogRow decode(long seq, long session, byte @Nullable [] blob) {
    if (blob == null || blob.length < 1 + CHECK_BYTES || (blob[0] & 0xf0) != FORMAT) {
      return null;
    }
    int end = blob.length - CHECK_BYTES;
    if (ByteBuffer.wrap(blob).getInt(end) != check(blob, end, seq, session)) {
      return null;
    }
    ByteBuffer rest = ByteBuffer.wrap(blob, 1, end - 1);
    try {
      long floor = (blob[0] & FLOOR) != 0 ? rest.getLong() : 0;
      long[] hashes = new long[(blob[0] & TAGS) != 0 ? rest.getShort() & 0xffff : 0];
      for (int i = 0; i < hashes.length; i++) {
        hashes[i] = rest.getLong();
      }
      List<String> patterns = new ArrayList<>();
      for (int n = (blob[0] & PATTERNS) != 0 ? rest.getShort() & 0xffff : 0; n > 0; n--) {
        byte[] pattern = new byte[Math.min(Math.max(rest.getInt(), 0), rest.remaining())];
        rest.get(pattern);
        patterns.add(new String(pattern, StandardCharsets.UTF_8));
      }
      boolean everything = (blob[0] & EVERYTHING) != 0;
      return rest.hasRemaining() || floor < 0 || floor > seq
          ? null
          : new LogRow(new Raise(hashes, List.copyOf(patterns), everything), floor);
    } catch (BufferUnderflowException e) {
      return null;
    }
  }

  private static int check(byte[] blob, int length, long seq, long session) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(seq).putLong(session).flip());
    sum.update(blob, 0, length);
    return (int) sum.getValue();
  }
}
