package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever happens to the bytes of the files: records may be lost, and none is ever wrong. */
class FileTierDamageTest extends FileTierFixture {
  private static final int FLIPS = 0xff;
  private final List<TierRecord> last = new ArrayList<>();
  private final List<TierRecord> all = new ArrayList<>();
  private Map<Path, byte[]> finished;
  private Map<Path, byte[]> killed;

  @BeforeEach
  void fillTwoSegments() throws IOException {
    for (int i = 0; i < 6; i++) {
      keep(record("k" + i, 1, 10 * i));
      if (i == 3) {
        reopen();
      }
    }
    keep(record("\uD800", 1, 5));
    keep(record("k4", 2, 30));
    keep(record("k5", 2, 3));
    last.removeIf(this::isReplaced);
    tier.close();
    finished = contents();
    killed = new TreeMap<>();
    finished.forEach((name, bytes) -> killed.put(name, withoutFooter(bytes)));
    assertEquals(2, finished.size());
  }

  private void keep(TierRecord record) {
    put(record);
    all.add(record);
    last.add(record);
  }

  private boolean isReplaced(TierRecord record) {
    return all.stream().anyMatch(o -> o.key().equals(record.key()) && o.order() > record.order());
  }

  /* How many of the records are lost. None is another than was put under its key. */
  private int lost() {
    int lost = 0;
    for (TierRecord record : last) {
      TierRecord found = tier.get(record.key());
      lost += isSame(record, found) ? 0 : 1;
      assertTrue(
          found == null || all.stream().anyMatch(put -> isSame(put, found)), "a wrong record");
    }
    return lost;
  }

  private static boolean isSame(TierRecord one, TierRecord other) {
    return other != null
        && one.key().equals(other.key())
        && one.order() == other.order()
        && one.expiresAt() == other.expiresAt()
        && Arrays.equals(one.bytes(), other.bytes());
  }

  private void openWith(Map<Path, byte[]> contents) throws IOException {
    tier.close();
    write(folder, contents);
    tier = open(ROOMY);
  }

  private static Map<Path, byte[]> with(Map<Path, byte[]> contents, Path name, byte[] bytes) {
    Map<Path, byte[]> changed = new TreeMap<>(contents);
    changed.put(name, bytes);
    return changed;
  }

  private static byte[] flipped(byte[] bytes, int at, int bits) {
    byte[] flipped = bytes.clone();
    flipped[at] ^= (byte) bits;
    return flipped;
  }

  @Test
  void anyByteOfAFinishedSegmentMayFlipBeforeAStart() throws IOException {
    for (Path name : finished.keySet()) {
      byte[] bytes = finished.get(name);
      for (int i = 0; i < bytes.length; i++) {
        openWith(with(finished, name, flipped(bytes, i, FLIPS)));
        assertTrue(lost() <= 1, name + " at " + i);
      }
    }
  }

  @Test
  void anyBitOfAKilledSegmentMayFlipBeforeAStart() throws IOException {
    Path name = killed.keySet().iterator().next();
    byte[] bytes = killed.get(name);
    for (int i = 0; i < bytes.length; i++) {
      for (int bit : new int[] {1, 0x80}) {
        openWith(with(killed, name, flipped(bytes, i, bit)));
        int lost = lost();
        assertTrue(lost <= 1 || i < Segment.HEADER, lost + " lost by bit " + bit + " of " + i);
        assertEquals(lost, Math.min(lost, tier.use().damaged() * last.size()));
      }
    }
  }

  @Test
  void anyByteMayFlipWhileTheTierIsOpen() throws IOException {
    for (Path name : finished.keySet()) {
      byte[] bytes = finished.get(name);
      for (int i = 0; i < bytes.length; i++) {
        openWith(finished);
        overwrite(folder.resolve(name), i, (byte) (bytes[i] ^ FLIPS));
        assertTrue(lost() <= 1, name + " at " + i);
        put(record("k0", 9, 9));
        assertKept(record("k0", 9, 9));
      }
    }
  }

  private static void overwrite(Path file, int at, byte... bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), at);
    }
  }

  @Test
  void aFileMayEndAnywhereBeforeAStart() throws IOException {
    for (Map<Path, byte[]> contents : List.of(finished, killed)) {
      for (Path name : contents.keySet()) {
        byte[] bytes = contents.get(name);
        for (int length = 0; length < bytes.length; length++) {
          openWith(with(contents, name, Arrays.copyOf(bytes, length)));
          assertTrue(lost() <= last.size());
          put(record("new", 1, 9));
          reopen();
          assertKept(record("new", 1, 9));
        }
      }
    }
  }

  @Test
  void aFileMayEndAnywhereWhileTheTierIsOpen() throws IOException {
    Path name = finished.keySet().iterator().next();
    for (int length = 0; length < finished.get(name).length; length += 3) {
      openWith(finished);
      try (FileChannel file = FileChannel.open(folder.resolve(name), StandardOpenOption.WRITE)) {
        file.truncate(length);
      }
      assertTrue(lost() <= last.size());
      put(record("new", 1, 9));
      assertKept(record("new", 1, 9));
    }
  }

  @Test
  void aTornTailIsCutAtTheLastGoodRecord() throws IOException {
    Path name = killed.keySet().iterator().next();
    byte[] bytes = killed.get(name);
    openWith(with(killed, name, Arrays.copyOf(bytes, bytes.length - 9)));
    assertEquals(1, lost());
    assertEquals(1, tier.use().damaged());
    tier.close();
    byte[] cut = withoutFooter(contents().get(name));
    assertTrue(cut.length < bytes.length - 9, "what was torn is still there");
    tier = open(ROOMY);
    assertEquals(1, lost());
    assertEquals(0, tier.use().damaged());
  }

  @Test
  void recordsBehindADamagedOneAreFound() throws IOException {
    Path name = killed.keySet().iterator().next();
    byte[] hole = killed.get(name).clone();
    Arrays.fill(hole, Segment.HEADER + 3, Segment.HEADER + 60, (byte) 0x55);
    openWith(with(killed, name, hole));
    assertTrue(lost() <= 2);
    assertKept(last.get(3));
    assertTrue(tier.use().damaged() >= 1);
  }

  @Test
  void aRecordInsideAValueIsNoRecord() throws IOException {
    byte[] segment = killed.get(killed.keySet().iterator().next());
    openWith(Map.of());
    String key = "key-of-8"; // So that records in the value lie where one may begin.
    put(recordOf(key, 1, segment), record("next", 1, 10));
    tier.close();
    Path name = segments().get(0).getFileName();
    byte[] bytes = withoutFooter(contents().get(name));
    bytes[Segment.HEADER + 8] ^= 1; // The length of the outer record.
    openWith(Map.of(name, bytes));
    assertKept(record("next", 1, 10));
    assertEquals(1, tier.use().entries());
  }

  @Test
  void garbageUnderTheNameOfASegmentIsCountedAndDeleted() throws IOException {
    Path name = finished.keySet().iterator().next();
    openWith(with(finished, name, bytes("garbage", 1, 100_000)));
    assertEquals(1, tier.use().damaged());
    assertFalse(Files.exists(folder.resolve(name)));
    assertTrue(lost() < last.size());
  }

  @Test
  void aSegmentMayBecomeGarbageWhileTheTierIsOpen() throws IOException {
    openWith(finished);
    put(record("new", 1, 50));
    for (Path file : segments()) {
      overwrite(file, 0, bytes("garbage", 1, 200));
    }
    assertTrue(lost() > 0);
    assertGone("new");
    assertTrue(tier.use().damaged() > 0);
    put(record("new", 1, 50));
    assertKept(record("new", 1, 50));
    reopen();
    lost();
  }

  @Test
  void whatElseIsInTheFolderIsLeftAlone() throws IOException {
    openWith(finished);
    Path text = Files.writeString(folder.resolve("notes.segment"), "mine");
    Path inner = Files.createDirectory(folder.resolve("00000000000000ff.segment"));
    Path link = folder.resolve("00000000000000fe.segment");
    Files.createSymbolicLink(link, text);
    reopen();
    assertEquals(0, lost());
    put(record("new", 1, 50));
    tier.clear();
    put(record("new", 1, 50));
    reopen();
    assertKept(record("new", 1, 50));
    assertEquals("mine", Files.readString(text));
    assertTrue(Files.isDirectory(inner));
    assertTrue(Files.isSymbolicLink(link));
  }
}
