package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A tier and what tests ask of its records. */
abstract class TierFixture {
  static final long ROOMY = 512L << 20;
  static final long SMALL = 1L << 20;
  static final long NEVER = Long.MAX_VALUE;

  CacheTier tier;

  /**
   * Opens the tier at the one place that this test has. Closed and opened again, it finds there
   * what was put.
   */
  abstract CacheTier open(long maxBytes) throws Exception;

  @BeforeEach
  void openTier() throws Exception {
    tier = open(ROOMY);
  }

  @AfterEach
  void closeTier() {
    tier.close();
  }

  void reopen(long maxBytes) throws Exception {
    tier.close();
    tier = open(maxBytes);
  }

  static TierRecord recordOf(String key, long order, byte... bytes) {
    return new TierRecord(key, order, NEVER, bytes);
  }

  /** Bytes that nothing else has: of the key and the order. */
  static byte[] bytes(String key, long order, int length) {
    byte[] bytes = new byte[length];
    new Random(key.hashCode() * 31L + order).nextBytes(bytes);
    return bytes;
  }

  static TierRecord record(String key, long order, int length) {
    return recordOf(key, order, bytes(key, order, length));
  }

  void put(TierRecord... records) {
    tier.put(List.of(records));
  }

  void assertKept(TierRecord expected) {
    assertRecord(expected, tier.get(expected.key()));
  }

  static void assertRecord(TierRecord expected, TierRecord found) {
    assertNotNull(found, () -> "nothing under " + shown(expected.key()));
    assertEquals(expected.key(), found.key());
    assertEquals(expected.order(), found.order());
    assertEquals(expected.expiresAt(), found.expiresAt());
    assertArrayEquals(expected.bytes(), found.bytes());
  }

  private static String shown(String key) {
    return key.length() <= 80 ? key : key.substring(0, 80) + "...";
  }

  void assertGone(String key) {
    assertNull(tier.get(key));
  }
}
