package dev.tiercel.cache;

import java.io.IOException;

/**
 * Turns values into bytes and back, for the tiers below memory. Implementations are thread-safe.
 *
 * <p>Nothing is null: no argument, and no answer. A cache does not encode that there is no value.
 *
 * <p>A cache asks for the {@link #fingerprint} of a type first. If that throws, the values of the
 * type stay in memory. If {@link #encode} throws, the value does; if {@link #decode} throws, what
 * is stored is a miss. The last two are counted, see {@link TierStats#undecodable}.
 *
 * <p>The form may change from version to version if {@link #id} changes with it: what another codec
 * wrote is a miss.
 */
public interface Codec {
  /**
   * Names the form of the bytes, for ever.
   *
   * @return a short text, such as {@code smile-1}; the same at every call
   */
  String id();

  /**
   * Tells the shape of a type, so that values of an older shape are not decoded as the present one.
   *
   * @param type the declared type
   * @return a number that changes when the encoded form of the type may have changed, and is the
   *     same on every machine and after every start
   * @throws IllegalArgumentException if values of the type cannot be encoded; names it and the
   *     remedy
   */
  long fingerprint(TypeRef<?> type);

  /**
   * Encodes a value.
   *
   * @param value the value, which nobody changes meanwhile; it is not kept
   * @param type its declared type
   * @return its bytes, which are the caller's
   * @throws IllegalArgumentException if no value of the type can be encoded, as {@link
   *     #fingerprint} tells
   * @throws IOException if this one cannot: it is not of the type, or holds what would not come
   *     back as it was
   */
  byte[] encode(Object value, TypeRef<?> type) throws IOException;

  /**
   * Decodes a value. The bytes may be broken, cut short or those of another type: there comes a
   * value of the type or an exception, without more memory than such bytes can need.
   *
   * @param bytes may hold the value among others; they are neither changed nor kept
   * @param offset where it begins
   * @param length how many bytes it has
   * @param type its declared type
   * @return an equal value; many readers share it, so it is as immutable as the type allows
   * @throws IllegalArgumentException if no value of the type can be encoded, as {@link
   *     #fingerprint} tells
   * @throws IOException if the bytes do not encode such a value
   * @throws IndexOutOfBoundsException if there are no such bytes in the array
   */
  Object decode(byte[] bytes, int offset, int length, TypeRef<?> type) throws IOException;
}
