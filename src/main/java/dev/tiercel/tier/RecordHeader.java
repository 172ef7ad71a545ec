package dev.tiercel.tier;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The head of a record in a segment, and what follows from it about the rest.
 *
 * <pre>
 * magic, the last byte is the format   4
 * check of the two lengths             4
 * length of all this                   4
 * length of the key                    4
 * order                                8
 * expiresAt                            8
 * key
 * bytes
 * CRC32C of all this                   4
 * zeros up to a multiple of 8
 * </pre>
 *
 * @param length of the record without the zeros
 * @param keyLength how long the key is
 */
record RecordHeader(int length, int keyLength, long order, long expiresAt) {
  static final int BYTES = 32;
  static final int MAGIC = 0x7c1e5201;

  /** What a record needs besides its key and its bytes. */
  static final int OVERHEAD = BYTES + Integer.BYTES;

  private static final int CHECK_AT = 4;
  private static final int LENGTH_AT = 8;
  private static final int KEY_AT = 12;
  private static final int ORDER_AT = 16;
  private static final int EXPIRY_AT = 24;

  static RecordHeader of(EncodedKey key, TierRecord record) {
    int length = OVERHEAD + key.bytes().length + record.bytes().length;
    return new RecordHeader(length, key.bytes().length, record.order(), record.expiresAt());
  }

  /** How many bytes of a segment a record takes. */
  static long aligned(EncodedKey key, TierRecord record) {
    return Place.aligned((long) OVERHEAD + key.bytes().length + record.bytes().length);
  }

  /**
   * Reads a header that was written for this place of this segment. A copy of a record that is
   * found elsewhere, as part of a value, is none.
   *
   * @return null if there is none
   */
  static @Nullable RecordHeader read(ByteBuffer from, int at, long salt, int offset) {
    int length = from.getInt(at + LENGTH_AT);
    int keyLength = from.getInt(at + KEY_AT);
    if (from.getInt(at) != MAGIC
        || from.getInt(at + CHECK_AT) != check(salt, offset, length, keyLength)
        || length < OVERHEAD
        || length > Place.MAX_LENGTH
        || keyLength < 0
        || keyLength > length - OVERHEAD) {
      return null;
    }
    long order = from.getLong(at + ORDER_AT);
    return new RecordHeader(length, keyLength, order, from.getLong(at + EXPIRY_AT));
  }

  /** Writes it where the buffer stands. */
  void write(ByteBuffer to, long salt, int offset) {
    to.putInt(MAGIC)
        .putInt(check(salt, offset, length, keyLength))
        .putInt(length)
        .putInt(keyLength);
    to.putLong(order).putLong(expiresAt);
  }

  /*
   * The lengths are trusted once this is right, also where the rest of the record is not: that is how
   * the next one is found. The salt is known to nobody who makes values, so none of them holds one.
   */
  private static int check(long salt, int offset, int length, int keyLength) {
    long lengths = (long) length << Integer.SIZE | keyLength;
    return (int) (EncodedKey.mix(EncodedKey.mix(salt + offset) ^ lengths) >>> Integer.SIZE);
  }

  int aligned() {
    return (int) Place.aligned(length);
  }

  int bytesLength() {
    return length - OVERHEAD - keyLength;
  }

  /** Whether a whole record in a buffer is as it was written. */
  boolean stands(ByteBuffer buffer, int at) {
    int end = at + length - Integer.BYTES;
    CRC32C crc = new CRC32C();
    crc.update(buffer.limit(end).position(at));
    buffer.clear();
    return buffer.getInt(end) == (int) crc.getValue();
  }

  boolean hasKey(ByteBuffer buffer, int at, EncodedKey key) {
    byte[] expected = key.bytes();
    if (keyLength != expected.length) {
      return false;
    }
    int start = at + BYTES;
    boolean same =
        buffer.limit(start + keyLength).position(start).mismatch(ByteBuffer.wrap(expected)) < 0;
    buffer.clear();
    return same;
  }

  EncodedKey key(ByteBuffer buffer, int at) {
    byte[] key = new byte[keyLength];
    buffer.get(at + BYTES, key);
    return EncodedKey.of(key);
  }

  byte[] bytes(ByteBuffer buffer, int at) {
    byte[] bytes = new byte[bytesLength()];
    buffer.get(at + BYTES + keyLength, bytes);
    return bytes;
  }
}
