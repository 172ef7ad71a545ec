package dev.tiercel.benchmarks.tier;

import dev.tiercel.tier.TierRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** A file of values with their checksums, and where each of them is. */
final class FileByHand implements ByteStore {
  private static final int BUFFER = 1 << 20;

  private final FileChannel file;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer reading = ByteBuffer.allocateDirect(BUFFER);
  private final ByteBuffer writing = ByteBuffer.allocateDirect(BUFFER);
  private long[] places = new long[1 << 10];
  private int[] lengths = new int[1 << 10];
  private long end;

  FileByHand(Path path) throws IOException {
    file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public byte[] get(String key) throws IOException {
    int number = Row.number(key);
    int length = lengths[number];
    reading.clear().limit(length + Integer.BYTES);
    if (file.read(reading, places[number]) != length + Integer.BYTES) {
      throw new IllegalStateException(key + " was not read as a whole");
    }
    crc.reset();
    crc.update(reading.position(0).limit(length));
    reading.clear();
    if (reading.getInt(length) != (int) crc.getValue()) {
      throw new IllegalStateException(key + " is damaged");
    }
    byte[] bytes = new byte[length];
    reading.get(0, bytes);
    return bytes;
  }

  @Override
  public void put(List<TierRecord> records) throws IOException {
    for (TierRecord record : records) {
      byte[] bytes = record.bytes();
      crc.reset();
      crc.update(bytes);
      if (writing.remaining() < bytes.length + Integer.BYTES) {
        write();
      }
      note(Row.number(record.key()), bytes.length);
      writing.put(bytes).putInt((int) crc.getValue());
    }
    write();
  }

  private void note(int number, int length) {
    if (number >= places.length) {
      places = Arrays.copyOf(places, Math.max(2 * places.length, number + 1));
      lengths = Arrays.copyOf(lengths, places.length);
    }
    places[number] = end + writing.position();
    lengths[number] = length;
  }

  private void write() throws IOException {
    writing.flip();
    while (writing.hasRemaining()) {
      end += file.write(writing, end);
    }
    writing.clear();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
