package dev.tiercel.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes that a fuzzer thought of, taken piece by piece; behind their end all is zero. */
public final class FuzzInput {
  private final byte[] bytes;
  private int at;

  /**
   * Begins with the first byte.
   *
   * @param bytes the bytes, which are not copied
   */
  public FuzzInput(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether there is more. */
  public boolean hasMore() {
    return at < bytes.length;
  }

  /** The next byte, from 0 to 255. */
  public int next() {
    return at < bytes.length ? bytes[at++] & 0xff : 0;
  }

  /** The next two bytes, from 0 to 65,535. */
  public int pair() {
    return next() << 8 | next();
  }

  /** A number, of as many bytes as the first one says, so that small ones are frequent. */
  public long number() {
    long number = 0;
    for (int left = next() & 7; left >= 0; left--) {
      number = number << 8 | next();
    }
    return number;
  }

  /** The next bytes, fewer if there are no more. */
  public byte[] take(int most) {
    int to = Math.min(bytes.length, at + most);
    byte[] taken = Arrays.copyOfRange(bytes, at, to);
    at = to;
    return taken;
  }

  /** All bytes that are left. */
  public byte[] rest() {
    return take(bytes.length - at);
  }

  /** A text of at most 255 bytes, behind a byte with their number. */
  public String text() {
    return text(take(next()));
  }

  /** Everything up to the end of the line, or of all. */
  public String line() {
    int end = at;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    String line = text(take(end - at));
    at = Math.min(bytes.length, end + 1);
    return line;
  }

  /** Bytes as a text, in which half a pair stands wherever they are no UTF-8. */
  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).replace('\ufffd', '\ud83d');
  }

  /** Bytes as a text of whole characters. */
  public static String wellFormed(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
