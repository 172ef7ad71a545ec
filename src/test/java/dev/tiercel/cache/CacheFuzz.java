package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.fuzz.FuzzInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** What the cache reads that somebody else may have written: patterns, log rows, stored values. */
public final class CacheFuzz {
  /** SQLite walks back to every star, so that many of them take it for ever. */
  private static final int MOST_STARS = 5;

  private static final SmileCodec CODEC = SmileCodec.create();

  private CacheFuzz() {}

  private static final class Sqlite {
    static final PreparedStatement GLOB = open();

    private static PreparedStatement open() {
      try {
        return java.sql.DriverManager.getConnection("jdbc:sqlite::memory:")
            .prepareStatement("SELECT ? GLOB ?");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    static boolean matches(String text, String pattern) throws SQLException {
      GLOB.setString(1, text);
      GLOB.setString(2, pattern);
      try (ResultSet row = GLOB.executeQuery()) {
        return row.getBoolean(1);
      }
    }
  }

  /** A pattern and, on the next line, a text: they match if they do for SQLite. */
  public static void glob(byte[] input) throws SQLException {
    FuzzInput in = new FuzzInput(input);
    String odd = in.line();
    String rest = FuzzInput.text(in.rest());
    Glob.of(odd).matches(rest);
    Glob.prefix(odd).matches(rest);
    String pattern = whole(odd);
    String text = whole(rest);
    assertEquals(text.startsWith(pattern), Glob.prefix(pattern).matches(text));
    if (pattern.chars().filter(unit -> unit == '*').count() <= MOST_STARS) {
      assertEquals(
          Sqlite.matches(text, pattern),
          Glob.of(pattern).matches(text),
          () -> "'" + text + "' GLOB '" + pattern + "'");
    }
  }

  /* SQLite ends a text at NUL, and takes halves of pairs and two other characters for U+FFFD. */
  private static String whole(String text) {
    return text.replaceAll("[\0\ufffe\uffff\ud800-\udfff]", "a");
  }

  /** A row of the log, as it is and with a checksum that fits, and one that was written. */
  public static void logRow(byte[] input) {
    FuzzInput in = new FuzzInput(input);
    long seq = in.number();
    long session = in.number();
    byte[] blob = in.rest();
    reread(LogRow.decode(seq, session, blob), seq, session);
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(16).putLong(seq).putLong(session).flip());
    sum.update(blob);
    byte[] checked = ByteBuffer.allocate(blob.length + 4).put(blob).array();
    ByteBuffer.wrap(checked).putInt(blob.length, (int) sum.getValue());
    LogRow row = LogRow.decode(seq, session, checked);
    reread(row, seq, session);
    if (row != null) {
      assertNull(LogRow.decode(seq + 1, session, checked));
      checked[(int) Math.floorMod(session, (long) checked.length)] ^= 64;
      assertNull(LogRow.decode(seq, session, checked));
    }
  }

  private static void reread(LogRow row, long seq, long session) {
    if (row == null) {
      return;
    }
    assertTrue(row.floor() >= 0 && row.floor() <= seq);
    LogRow back = LogRow.decode(seq, session, row.encode(seq, session));
    assertNotNull(back);
    assertEquals(row.floor(), back.floor());
    assertArrayEquals(row.raise().hashes(), back.raise().hashes());
    assertEquals(row.raise().patterns(), back.raise().patterns());
    assertEquals(row.raise().everything(), back.raise().everything());
  }

  /** A stored entry is read, or is none. */
  public static void storedEntry(byte[] input) {
    StoredEntry entry = StoredEntry.decode(input);
    if (entry != null) {
      assertTrue(entry.valueLength() >= 0 && entry.valueAt() > 0);
      assertTrue(entry.tags().size() <= 0xffff);
      assertEquals(input.length, entry.valueAt() + entry.valueLength());
      for (int length = entry.valueAt() - 1; length >= 0; length--) {
        assertNull(StoredEntry.decode(Arrays.copyOf(input, length)));
      }
    }
  }

  /** Bytes are a value that comes back, or none; the first tells of which type. */
  public static void smile(byte[] input) throws IOException {
    if (input.length > 0) {
      TypeRef<?> type = SmileTypes.ALL.get((input[0] & 0xff) % SmileTypes.ALL.size());
      decode(input, type);
      List<String> texts = new ArrayList<>();
      FuzzInput in = new FuzzInput(input);
      while (in.hasMore()) {
        texts.add(in.line());
      }
      roundTrip(texts);
    }
  }

  private static void decode(byte[] input, TypeRef<?> type) throws IOException {
    Object value;
    try {
      value = CODEC.decode(input, 1, input.length - 1, type);
    } catch (IOException e) {
      return;
    }
    byte[] encoded = CODEC.encode(value, type);
    Object back = CODEC.decode(encoded, 0, encoded.length, type);
    assertEquals(value, back);
    assertArrayEquals(encoded, CODEC.encode(back, type));
  }

  private static void roundTrip(List<String> texts) throws IOException {
    byte[] encoded;
    try {
      encoded = CODEC.encode(texts, SmileTypes.TEXTS);
    } catch (IOException e) {
      assertTrue(texts.stream().anyMatch(text -> text.indexOf('\ud83d') >= 0));
      return;
    }
    assertEquals(texts, CODEC.decode(encoded, 0, encoded.length, SmileTypes.TEXTS));
  }
}
