package dev.tiercel.benchmarks.scorecard.web;

import java.nio.charset.StandardCharsets;

/**
 * A request on its way.
 *
 * @param bytes as it is sent
 * @param list the number of the list that is read, or in which something is written
 * @param write what is written; null for a read
 * @param expected what a read is checked for; null if it is not checked
 */
record Request(byte[] bytes, int list, Freshness.Write write, Freshness.Expectation expected) {

  static byte[] read(String target) {
    return bytes("GET " + target, "");
  }

  static byte[] write(String target) {
    return bytes("POST " + target, "Content-Length: 0\r\n");
  }

  private static byte[] bytes(String what, String fields) {
    return (what + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + fields + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
