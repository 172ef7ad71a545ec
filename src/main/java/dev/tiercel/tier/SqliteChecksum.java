package dev.tiercel.tier;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Tells a damaged row of a {@link SqliteTier}: SQLite does not notice a flipped bit in a value.
 * Used by one thread at a time.
 */
final class SqliteChecksum {
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer head = ByteBuffer.allocate(3 * Long.BYTES + Integer.BYTES);

  /** Covers all that is given back, and under what; the length tells where the key ends. */
  int of(long hash, long order, long expires, byte[] key, byte[] bytes) {
    head.putLong(0, hash);
    head.putLong(Long.BYTES, order);
    head.putLong(2 * Long.BYTES, expires);
    head.putInt(3 * Long.BYTES, key.length);
    crc.reset();
    crc.update(head.array());
    crc.update(key);
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
