package dev.tiercel.cache;

import dev.tiercel.cache.Entry.Lifetime;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it lies in a tier below memory: all that is needed to judge it, and the encoded
 * value.
 *
 * <p>The form, in network byte order: the form's number, 1 byte; the codec's name, a count of 1
 * byte and ASCII; the fingerprint of the type, the session and the stamp, 8 bytes each; when it was
 * made, until when it is fresh, when it expires, 8 bytes each; for how long it is a last resort, 4
 * bytes; the tags, a count of 2 bytes and 4 bytes each; the value.
 *
 * @param codec the name of the codec
 * @param fingerprint of the type
 * @param session the session of the stamp
 * @param stamp the newest commit before the load
 * @param lifetime its times; it is kept however seldom it is read
 * @param tags its tags
 * @param bytes where the value is
 * @param valueAt where in them it begins
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a copy would cost more.
record StoredEntry(
    String codec,
    long fingerprint,
    long session,
    long stamp,
    Lifetime lifetime,
    TagSet tags,
    byte[] bytes,
    int valueAt) {
  private static final byte FORM = 1;
  private static final int FIXED = 1 + 1 + 6 * Long.BYTES + Integer.BYTES + Short.BYTES;

  /**
   * The bytes of an entry with its value encoded.
   *
   * @param epoch what makes its times milliseconds since 1970
   */
  static byte[] encode(
      Entry entry, long session, Codec codec, long fingerprint, byte[] value, long epoch) {
    byte[] name = codec.id().getBytes(StandardCharsets.US_ASCII);
    TagSet tags = entry.tags;
    ByteBuffer to =
        ByteBuffer.allocate(FIXED + name.length + tags.size() * Integer.BYTES + value.length);
    to.put(FORM).put((byte) name.length).put(name).putLong(fingerprint);
    to.putLong(session).putLong(entry.loadStamp);
    Lifetime lifetime = entry.lifetime().shifted(epoch);
    to.putLong(lifetime.madeAt()).putLong(lifetime.freshUntil()).putLong(lifetime.expiresAt());
    to.putInt(lifetime.failSafeMillis());
    to.putShort((short) tags.size());
    for (int i = 0; i < tags.size(); i++) {
      to.putInt(tags.half(i));
    }
    return to.put(value).array();
  }

  /** What the bytes say; null if that is nothing that this version can read. */
  static @Nullable StoredEntry decode(byte[] bytes) {
    try {
      ByteBuffer from = ByteBuffer.wrap(bytes);
      if (from.get() != FORM) {
        return null;
      }
      byte[] name = new byte[from.get() & 0xff];
      from.get(name);
      long fingerprint = from.getLong();
      long session = from.getLong();
      long stamp = from.getLong();
      Lifetime lifetime =
          new Lifetime(from.getLong(), from.getLong(), from.getLong(), from.getInt(), 0);
      int[] halves = new int[from.getShort() & 0xffff];
      for (int i = 0; i < halves.length; i++) {
        halves[i] = from.getInt();
      }
      return new StoredEntry(
          new String(name, StandardCharsets.US_ASCII),
          fingerprint,
          session,
          stamp,
          lifetime,
          TagSet.ofHalves(halves),
          bytes,
          from.position());
    } catch (BufferUnderflowException e) {
      return null;
    }
  }

  /** How many bytes the value has. */
  int valueLength() {
    return bytes.length - valueAt;
  }
}
