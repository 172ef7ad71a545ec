package dev.tiercel.powerloss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.powerloss.Operation.Kind;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Shows what the disk of the laboratory takes for safe, and what it makes of the rest. */
class DiskTest {
  private static final long NUMBER = 7;

  private final Random random = new Random(1);
  private int next;

  private void does(Disk disk, Kind kind, String name, long offset, String data) {
    byte[] bytes = data.getBytes(StandardCharsets.US_ASCII);
    disk.apply(new Operation(next, kind, NUMBER, name, offset, bytes));
    next++;
  }

  private void write(Disk disk, long offset, String data) {
    does(disk, Kind.WRITE, "", offset, data);
  }

  private Disk safe(Disk disk, String data) {
    does(disk, Kind.CREATE, "a", 0, "");
    write(disk, 0, data);
    does(disk, Kind.SYNC, "", 0, "");
    does(disk, Kind.SYNC_FOLDER, ".", 0, "");
    return disk;
  }

  private Map<String, String> after(Disk disk, Crash.Style style) {
    Map<String, String> texts = new TreeMap<>();
    disk.after(style.draw(disk.pending(), random))
        .files()
        .forEach((name, bytes) -> texts.put(name, new String(bytes, StandardCharsets.US_ASCII)));
    return texts;
  }

  /** All states that are drawn, of a style or of each. */
  private Set<Map<String, String>> drawn(Disk disk, Crash.Style... styles) {
    Set<Map<String, String>> all = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      for (Crash.Style style : styles) {
        all.add(after(disk, style));
      }
    }
    return all;
  }

  @Test
  void whatIsSyncedIsThereAfterEveryCrash() {
    Disk disk = safe(Disk.honest(), "abc");
    assertEquals(Set.of(Map.of("a", "abc")), drawn(disk, Crash.Style.values()));
  }

  @Test
  void sharedMemoryThatWasThereBeforeIsNoFileOfTheDisk() {
    Disk disk = Disk.honest();
    disk.begin(new Image(Map.of("a", new byte[] {'x'})));
    does(disk, Kind.OPENED, "a-shm", 0, "");
    does(disk, Kind.SIZE, "", 3, "");
    write(disk, 0, "abc");
    assertEquals(Set.of(Map.of("a", "x")), drawn(disk, Crash.Style.values()));
  }

  @Test
  void aFileWhoseFolderIsNotSyncedMayBeMissing() {
    Disk disk = Disk.honest();
    does(disk, Kind.CREATE, "a", 0, "");
    write(disk, 0, "abc");
    does(disk, Kind.SYNC, "", 0, "");
    assertEquals(Map.of(), after(disk, Crash.Style.NONE));
    assertEquals(Map.of("a", "abc"), after(disk, Crash.Style.ALL));
  }

  @Test
  void writesComeInAnyOrder() {
    Disk disk = safe(Disk.honest(), "abc");
    write(disk, 0, "1");
    write(disk, 1, "2");
    write(disk, 2, "3");
    Set<Map<String, String>> states = drawn(disk, Crash.Style.HALF);
    for (String text : List.of("abc", "1bc", "a2c", "ab3", "12c", "1b3", "a23", "123")) {
      assertTrue(states.contains(Map.of("a", text)), text);
    }
    assertEquals(8, states.size());
    assertEquals(
        Set.of(Map.of("a", "a23"), Map.of("a", "1b3"), Map.of("a", "12c")),
        drawn(disk, Crash.Style.ALL_BUT_ONE));
    assertEquals(
        Set.of(Map.of("a", "1bc"), Map.of("a", "12c"), Map.of("a", "123")),
        drawn(disk, Crash.Style.PREFIX));
  }

  @Test
  void aWriteIsTornBetweenSectors() {
    String before = "a".repeat(3 * DiskFile.SECTOR);
    Disk disk = safe(Disk.honest(), before);
    write(disk, 100, "b".repeat(2 * DiskFile.SECTOR));
    Set<Map<String, String>> states = drawn(disk, Crash.Style.TORN);
    assertEquals(8, states.size()); // It touches three sectors.
    String middle = "a".repeat(512) + "b".repeat(512) + "a".repeat(512);
    assertTrue(states.contains(Map.of("a", middle)));
  }

  @Test
  void aSizeMayBeThereWithoutItsBytes() {
    Disk disk = safe(Disk.honest(), "abc");
    write(disk, 3, "def");
    assertEquals(Map.of("a", "abc\0\0\0"), after(disk, Crash.Style.SIZES));
  }

  @Test
  void whatIsCutOffMayComeBack() {
    Disk disk = safe(Disk.honest(), "abcdef");
    does(disk, Kind.SIZE, "", 2, "");
    write(disk, 4, "x");
    Set<Map<String, String>> states = drawn(disk, Crash.Style.HALF);
    assertTrue(states.contains(Map.of("a", "ab\0\0x")), states::toString);
    assertTrue(states.contains(Map.of("a", "abcdxf")), states::toString);
    assertTrue(states.contains(Map.of("a", "ab")), states::toString);
  }

  @Test
  void aNameThatIsGivenOrTakenWaitsForItsFolder() {
    Disk disk = safe(Disk.honest(), "abc");
    does(disk, Kind.RENAME, "a", 0, "b");
    does(disk, Kind.LINK, "b", 0, "c");
    does(disk, Kind.UNLINK, "b", 0, "");
    assertEquals(Map.of("a", "abc"), after(disk, Crash.Style.NONE));
    assertEquals(Map.of("c", "abc"), after(disk, Crash.Style.ALL));
    assertTrue(drawn(disk, Crash.Style.PREFIX).contains(Map.of("b", "abc", "c", "abc")));
    does(disk, Kind.SYNC_FOLDER, ".", 0, "");
    assertEquals(Set.of(Map.of("c", "abc")), drawn(disk, Crash.Style.values()));
  }

  @Test
  void aDiskThatLiesKeepsNothingForSure() {
    Disk disk = safe(Disk.lying(), "abc");
    assertEquals(Map.of(), after(disk, Crash.Style.NONE));
    assertEquals(Map.of("a", "abc"), after(disk, Crash.Style.ALL));
  }

  @Test
  void whatEscapesTheRecorderEndsTheReplay() {
    Disk disk = Disk.honest();
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class, () -> does(disk, Kind.ESCAPED, "mmap", 0, "cache.db"));
    assertFalse(e.getMessage().isBlank());
  }
}
