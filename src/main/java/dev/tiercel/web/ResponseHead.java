package dev.tiercel.web;

import java.util.Objects;

/**
 * What a response says before its body. Immutable.
 *
 * @param status the status code
 * @param fields the header fields, without the length and coding of the transfer
 * @param length how many bytes the body has; {@link #UNKNOWN} if only its end will tell
 * @param isWhole whether all of the body is written to the stream that {@link Responder#respond}
 *     returns; false if the server, or something beside the exchange, writes it
 */
public record ResponseHead(int status, HttpFields fields, long length, boolean isWhole) {
  /** The length of a body that ends when it ends. */
  public static final long UNKNOWN = -1;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the status is not between 100 and 999, or the length is
   *     below -1
   */
  public ResponseHead {
    Objects.requireNonNull(fields, "fields must not be null");
    if (status < 100 || status > 999) {
      throw new IllegalArgumentException("status must be between 100 and 999, but is " + status);
    }
    if (length < UNKNOWN) {
      throw new IllegalArgumentException(
          "length must be 0 or more, or UNKNOWN (-1), but is " + length);
    }
  }

  /**
   * A response whose body passes through the exchange.
   *
   * @param status the status code
   * @param fields the header fields
   * @param length how many bytes the body has, or {@link #UNKNOWN}
   * @return the head
   * @throws IllegalArgumentException if the status is not between 100 and 999, or the length is
   *     below -1
   */
  public static ResponseHead of(int status, HttpFields fields, long length) {
    return new ResponseHead(status, fields, length, true);
  }

  /**
   * The same with other fields.
   *
   * @param other the fields
   * @return the head
   */
  public ResponseHead with(HttpFields other) {
    return new ResponseHead(status, other, length, isWhole);
  }

  /** Whether a response to a method can have a body at all (RFC 9110 §6.4.1). */
  boolean hasBody(String method) {
    return !method.equals("HEAD") && status >= 200 && status != 204 && status != 304;
  }
}
