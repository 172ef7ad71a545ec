package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tiercel.fuzz.FuzzInput;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/** Files of records that somebody damaged: what is whole is found, and nothing else. */
public final class SegmentFuzz {
  private static final int LARGE = BufferPool.BYTES + 1_000;
  private static final SharedFile FILE = file();
  private static final RecordReader READER = new RecordReader();
  private static final ByteBuffer BUFFER = ByteBuffer.allocate(1 << 10);
  private static final byte[] SPACE = new byte[4 * LARGE];

  private SegmentFuzz() {}

  /* Its path is one whose attributes the JVM knows without asking the system. */
  private static SharedFile file() {
    Path path = Path.of(URI.create("jrt:/java.base"));
    return new SharedFile(path, Set.of(), new MemoryChannel());
  }

  /**
   * A record that was written.
   *
   * @param at where
   */
  private record Written(int at, RecordHeader header, TierRecord record) {
    int end() {
      return at + header.aligned();
    }
  }

  /** Writes records, cuts the file and changes bytes of it, and reads what is left. */
  public static void scan(byte[] input) throws IOException {
    long salt = EncodedKey.mix(Arrays.hashCode(input)); // So that it cannot be learnt.
    FuzzInput in = new FuzzInput(input);
    List<Written> written = new ArrayList<>();
    byte[] whole = SPACE;
    ByteBuffer to = ByteBuffer.wrap(whole).position(Segment.HEADER);
    for (int left = in.next() & 7; left > 0; left--) {
      written.add(write(to, salt, in));
    }
    int size = to.position();
    Arrays.fill(whole, 0, Segment.HEADER, (byte) 0);
    int end = in.next() > 200 ? Segment.HEADER + in.pair() % (size - Segment.HEADER + 1) : size;
    byte[] damaged = Arrays.copyOf(whole, size);
    while (in.hasMore() && size > Segment.HEADER) {
      int at = Segment.HEADER + in.pair() % (size - Segment.HEADER);
      byte[] other = in.take(Math.min(1 + (in.next() & 15), size - at));
      System.arraycopy(other, 0, damaged, at, other.length);
    }
    FILE.write(ByteBuffer.wrap(damaged, 0, end), 0);
    FILE.truncate(end);
    Segment segment = new Segment(1, 1, salt, FILE, end, end);
    boolean untouched = end == size && Arrays.equals(damaged, 0, size, whole, 0, size);
    try (SegmentScan scan = new SegmentScan(segment, READER, end)) {
      for (Written each : written) {
        int behind = each.at + each.header.length();
        boolean good =
            each.end() <= end && Arrays.equals(damaged, each.at, behind, whole, each.at, behind);
        assertSame(good ? each : null, read(segment, each));
        if (good) {
          StoredRecord found = scan.next();
          assertNotNull(found, () -> "not found: the record at " + each.at);
          assertEquals(each.at, found.offset());
          assertSame(each, found.toRecord());
        }
      }
      assertNull(scan.next());
      assertEquals(untouched, untouched && scan.damaged() == 0);
    }
  }

  private static TierRecord read(Segment segment, Written each) throws IOException {
    EncodedKey key = EncodedKey.of(each.record.key());
    return READER.read(
        segment, Place.of(1, each.at, each.header.aligned()), key, each.record.key());
  }

  private static void assertSame(Written expected, TierRecord found) {
    if (expected == null) {
      assertNull(found);
      return;
    }
    assertNotNull(found);
    assertEquals(expected.record.key(), found.key());
    assertEquals(expected.record.order(), found.order());
    assertEquals(expected.record.expiresAt(), found.expiresAt());
    assertArrayEquals(expected.record.bytes(), found.bytes());
  }

  private static Written write(ByteBuffer to, long salt, FuzzInput in) {
    String text = in.text();
    byte[] bytes = in.take(in.next());
    boolean large = in.next() == 'L' && to.position() < LARGE;
    byte[] value = large ? Arrays.copyOf(bytes, LARGE) : bytes;
    TierRecord record = new TierRecord(text, in.number(), in.number(), value);
    EncodedKey key = EncodedKey.of(text);
    assertEquals(text, key.text());
    int at = to.position();
    RecordHeader header = RecordHeader.of(key, record);
    header.write(to, salt, at);
    to.put(key.bytes()).put(value);
    CRC32C crc = new CRC32C();
    crc.update(to.duplicate().flip().position(at));
    to.putInt((int) crc.getValue()).put(new byte[header.aligned() - header.length()]);
    return new Written(at, header, record);
  }

  /** A footer comes back as it was written; with a byte changed it is none. */
  public static void footer(byte[] input) throws IOException {
    FuzzInput in = new FuzzInput(input);
    forged(input);
    int end = Segment.HEADER + (in.pair() & 0x3ff);
    EntryList entries = new EntryList();
    for (int left = in.next() & 31; left > 0; left--) {
      int length = in.pair() * Place.ALIGNMENT;
      entries.entry(in.number(), in.number(), Place.of(0, in.pair() * Place.ALIGNMENT, length));
    }
    Segment segment = new Segment(1, 1, in.number(), FILE, end, end);
    long size = SegmentFooter.write(FILE, segment, entries, BUFFER);
    assertEquals(end + SegmentFooter.bytes(entries.size()), size);
    FILE.truncate(size);
    SegmentFooter back = SegmentFooter.read(FILE, size, BUFFER);
    assertNotNull(back);
    assertEquals(segment.salt, back.salt());
    assertEquals(end, back.start());
    assertSame(entries, back.entries());
    if (in.hasMore()) {
      // The last four bytes are only there to fill up.
      long at = end + in.pair() % (size - end - Integer.BYTES);
      ByteBuffer one = ByteBuffer.allocate(1);
      FILE.read(one, at);
      FILE.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ (1 + in.next() % 255))}), at);
      assertNull(SegmentFooter.read(FILE, size, BUFFER));
    }
  }

  private static void assertSame(EntryList expected, EntryList found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.hash(i), found.hash(i));
      assertEquals(expected.order(i), found.order(i));
      assertEquals(expected.place(i), found.place(i));
    }
  }

  /* Any bytes at all, and with a checksum that fits: whatever count they claim. */
  private static void forged(byte[] input) throws IOException {
    byte[] file = Arrays.copyOf(input, Math.max(input.length, 64));
    FILE.write(ByteBuffer.wrap(file), 0);
    FILE.truncate(file.length);
    SegmentFooter.read(FILE, file.length, BUFFER);
    ByteBuffer trailer = ByteBuffer.wrap(file).position(file.length - 32);
    int count = trailer.getInt(file.length - 12);
    long start = file.length - SegmentFooter.bytes(count);
    CRC32C crc = new CRC32C();
    trailer.putLong(0x54_49_45_52_46_4f_4f_01L);
    if (start >= 0 && start < file.length) {
      trailer.putInt(file.length - 16, (int) start);
      crc.update(file, (int) start, file.length - 8 - (int) start);
    }
    trailer.putInt(file.length - 8, (int) crc.getValue());
    FILE.write(ByteBuffer.wrap(file), 0);
    SegmentFooter found = SegmentFooter.read(FILE, file.length, BUFFER);
    if (found != null) {
      assertEquals(file.length, found.start() + SegmentFooter.bytes(found.entries().size()));
    }
  }
}
