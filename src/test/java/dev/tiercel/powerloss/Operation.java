package dev.tiercel.powerloss;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of the record that {@code recorder.c} keeps.
 *
 * @param index its place in the record
 * @param kind what was done
 * @param file the number of the file, which may come again when the file is gone
 * @param name below the root
 * @param offset where it wrote, or the new size
 * @param data what it wrote, or another name
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a copy would cost more.
record Operation(int index, Kind kind, long file, String name, long offset, byte[] data) {
  /** In the order of {@code recorder.c}. */
  enum Kind {
    NOTE,
    CREATE,
    OPENED,
    WRITE,
    SIZE,
    SYNC,
    SYNC_FOLDER,
    LINK,
    RENAME,
    UNLINK,
    MKDIR,
    ESCAPED
  }

  /** The data as text: the note, or the other name. */
  String text() {
    return new String(data, StandardCharsets.UTF_8);
  }

  /** Where the bytes end that it wrote. */
  long end() {
    return offset + data.length;
  }

  /** The lines of a record. */
  static List<Operation> parse(byte[] record) {
    Kind[] kinds = Kind.values();
    List<Operation> all = new ArrayList<>();
    ByteBuffer from = ByteBuffer.wrap(record).order(ByteOrder.nativeOrder());
    while (from.hasRemaining()) {
      Kind kind = kinds[from.getInt()];
      byte[] name = new byte[from.getInt()];
      long file = from.getLong();
      long offset = from.getLong();
      byte[] data = new byte[Math.toIntExact(from.getLong())];
      from.get(name).get(data);
      String text = new String(name, StandardCharsets.UTF_8);
      all.add(new Operation(all.size(), kind, file, text, offset, data));
    }
    return all;
  }

  @Override
  public String toString() {
    return "%d %s %s@%d+%d".formatted(index, kind, name, offset, data.length);
  }
}
