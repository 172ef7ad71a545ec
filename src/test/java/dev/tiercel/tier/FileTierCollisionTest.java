package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Two keys that have one hash. */
class FileTierCollisionTest extends FileTierFixture {
  private static final long PRIME = 0x9fb21c651e98df25L;
  private static final int LENGTH = 17;

  private final String one = text(word("\uD800ab"), word("cdef"));
  private final String other =
      text(word("\uD800xy"), word("cdef") ^ step(word("\uD800ab")) ^ step(word("\uD800xy")));

  /* As the hash does it: what the first words make of it, the second ones undo. */
  private static long step(long first) {
    long mixed = (LENGTH ^ first) * PRIME;
    return mixed ^ (mixed >>> 29);
  }

  /* The first eight bytes of the form of a text. */
  private static long word(String text) {
    return ByteBuffer.wrap(EncodedKey.of(text + "\uD800zzzz").bytes()).getLong();
  }

  private static String text(long first, long second) {
    byte[] bytes = ByteBuffer.allocate(LENGTH).putLong(first).putLong(second).array();
    return EncodedKey.of(bytes).text();
  }

  @Test
  void theNewerOfTwoKeysWithOneHashIsFoundAndTheOtherIsAMiss() {
    assertNotEquals(one, other);
    assertEquals(EncodedKey.of(one).hash(), EncodedKey.of(other).hash());
    put(record(one, 1, 100));
    assertGone(other);
    assertKept(record(one, 1, 100));
    put(record(other, 2, 100));
    assertGone(one);
    assertKept(record(other, 2, 100));
    reopen();
    assertGone(one);
    assertKept(record(other, 2, 100));
    assertEquals(0, tier.use().damaged());
    assertEquals(1, tier.use().entries());
  }
}
