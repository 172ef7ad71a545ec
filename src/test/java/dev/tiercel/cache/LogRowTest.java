package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogRowTest {
  private static final long SEQ = 77;
  private static final long SESSION = -5;

  static Stream<LogRow> rows() {
    Raise tags = Raise.tags(List.of(Tag.of("task", "a:b*?[%"), Tag.of("agent")));
    Raise patterns =
        new Raise(new long[0], List.of("tasks:*:[^a-f]?", "", "\u00fc\ud83e\udd85"), false);
    long[] most = LongStream.range(0, 2 * TagSet.MAX + 1).map(i -> i << 40).toArray();
    List<String> bans = IntStream.range(0, Versions.MAX_BANS).mapToObj(i -> i + "*").toList();
    return Stream.of(
        new LogRow(Raise.NONE, 0),
        new LogRow(Raise.EVERYTHING, 0),
        new LogRow(Raise.EVERYTHING, SEQ),
        new LogRow(Raise.NONE, 1),
        new LogRow(tags, 0),
        new LogRow(tags, SEQ),
        new LogRow(patterns, 0),
        new LogRow(tags.and(patterns), 3),
        new LogRow(Raise.pattern("x".repeat(100_000)), 0),
        new LogRow(new Raise(most, bans, false), SEQ));
  }

  @ParameterizedTest(name = "row {index}")
  @MethodSource("rows")
  void whatIsReadIsWhatWasWritten(LogRow row) {
    LogRow read = LogRow.decode(SEQ, SESSION, row.encode(SEQ, SESSION));
    assertNotNull(read);
    assertArrayEquals(row.raise().hashes(), read.raise().hashes());
    assertEquals(row.raise().patterns(), read.raise().patterns());
    assertEquals(row.raise().everything(), read.raise().everything());
    assertEquals(row.floor(), read.floor());
  }

  @ParameterizedTest(name = "row {index}")
  @MethodSource("rows")
  void aBlobWithOneFlippedBitIsNotRead(LogRow row) {
    byte[] blob = row.encode(SEQ, SESSION);
    for (int i = 0; i < Math.min(blob.length, 200); i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = blob.clone();
        damaged[i] ^= (byte) (1 << bit);
        assertNull(LogRow.decode(SEQ, SESSION, damaged), "byte " + i + ", bit " + bit);
      }
    }
  }

  @ParameterizedTest(name = "row {index}")
  @MethodSource("rows")
  void aBlobThatIsCutOrGrewIsNotRead(LogRow row) {
    byte[] blob = row.encode(SEQ, SESSION);
    for (int length = 0; length < Math.min(blob.length, 200); length++) {
      assertNull(LogRow.decode(SEQ, SESSION, Arrays.copyOf(blob, length)));
    }
    assertNull(LogRow.decode(SEQ, SESSION, Arrays.copyOf(blob, blob.length + 1)));
    assertNull(LogRow.decode(SEQ, SESSION, null));
  }

  @ParameterizedTest(name = "row {index}")
  @MethodSource("rows")
  void aBlobOfAnotherRowIsNotRead(LogRow row) {
    byte[] blob = row.encode(SEQ, SESSION);
    assertNull(LogRow.decode(SEQ + 1, SESSION, blob));
    assertNull(LogRow.decode(SEQ, SESSION + 1, blob));
  }

  @Test
  void aBlobOfAnotherFormatIsNotRead() {
    byte[] blob = new LogRow(Raise.NONE, 0).encode(SEQ, SESSION);
    assertNotNull(LogRow.decode(SEQ, SESSION, checked(blob)));
    blob[0] = 2 << 4;
    assertNull(LogRow.decode(SEQ, SESSION, checked(blob)));
  }

  /** With the sum that it should have. */
  private static byte[] checked(byte[] blob) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(SEQ).putLong(SESSION).flip());
    sum.update(blob, 0, blob.length - Integer.BYTES);
    ByteBuffer all = ByteBuffer.wrap(blob.clone());
    return all.putInt(blob.length - Integer.BYTES, (int) sum.getValue()).array();
  }

  @Test
  void aFloorAboveItsOwnRowIsNotRead() {
    assertNull(LogRow.decode(SEQ, SESSION, new LogRow(Raise.NONE, SEQ + 1).encode(SEQ, SESSION)));
  }

  @Test
  void aFloorBelowZeroIsNotRead() {
    byte[] blob = new LogRow(Raise.NONE, 1).encode(SEQ, SESSION);
    ByteBuffer.wrap(blob).putLong(1, -1);
    assertNull(LogRow.decode(SEQ, SESSION, checked(blob)));
  }

  @Test
  void aRowOfThreeTagsIsSmall() {
    Raise tags = Raise.tags(List.of(Tag.of("task", "1"), Tag.of("agent", "2"), Tag.of("tasks")));
    assertEquals(1 + 2 + 7 * 8 + 4, new LogRow(tags, 0).encode(SEQ, SESSION).length);
  }
}
