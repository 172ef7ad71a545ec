package dev.tiercel.tier;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A key as it stands in a record: in UTF-8; or, if it has surrogates without their other half, for
 * which UTF-8 has no form, in UTF-16 behind a byte that UTF-8 never has. No two texts have one
 * form.
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by isSame only.
record EncodedKey(byte[] bytes, long hash) {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long PRIME = 0x9fb21c651e98df25L;
  private static final byte WIDE = (byte) 0xff;
  private static final int WORD = Long.BYTES;

  static EncodedKey of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return of(isReplaced(bytes, text) ? utf16(text) : bytes);
  }

  static EncodedKey of(byte[] bytes) {
    return new EncodedKey(bytes, hash(bytes));
  }

  /* What cannot be encoded becomes a question mark; without one there is nothing to look for. */
  private static boolean isReplaced(byte[] bytes, String text) {
    for (byte b : bytes) {
      if (b == '?') {
        return hasUnpairedSurrogate(text);
      }
    }
    return false;
  }

  private static boolean hasUnpairedSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i))
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static byte[] utf16(String text) {
    int length = Math.addExact(1, Math.multiplyExact(text.length(), Character.BYTES));
    ByteBuffer bytes = ByteBuffer.allocate(length).put(WIDE);
    bytes.asCharBuffer().put(text);
    return bytes.array();
  }

  /* Stands in the files of the tiers, so it must never change. */
  private static long hash(byte[] bytes) {
    long state = bytes.length;
    int at = 0;
    for (; at + WORD <= bytes.length; at += WORD) {
      state = step(state, (long) WORDS.get(bytes, at));
    }
    long rest = 0;
    for (; at < bytes.length; at++) {
      rest = rest << Byte.SIZE | (bytes[at] & 0xff);
    }
    return mix(step(state, rest));
  }

  private static long step(long state, long word) {
    long mixed = (state ^ word) * PRIME;
    return mixed ^ (mixed >>> 29);
  }

  /** Spreads a number over all of its bits: the finalizer of MurmurHash3. */
  static long mix(long state) {
    long mixed = state ^ (state >>> 33);
    mixed *= 0xff51afd7ed558ccdL;
    mixed ^= mixed >>> 33;
    mixed *= 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }

  String text() {
    return bytes.length > 0 && bytes[0] == WIDE
        ? ByteBuffer.wrap(bytes, 1, bytes.length - 1).asCharBuffer().toString()
        : new String(bytes, StandardCharsets.UTF_8);
  }

  boolean isSame(byte[] others) {
    return Arrays.equals(bytes, others);
  }
}
