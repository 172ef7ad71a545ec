package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a tier does when its folder is taken away, shared, or not for it. */
class FileTierFaultTest extends FileTierFixture {
  private static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = new ArrayList<>(walk.sorted().toList());
    }
    for (int i = paths.size() - 1; i >= 0; i--) {
      Files.delete(paths.get(i));
    }
  }

  private CacheTierException assertRefused(Path path) {
    CacheTierException e = assertThrows(CacheTierException.class, () -> FileTier.open(path));
    assertTrue(e.getMessage().contains(folder.getFileName().toString()), e.getMessage());
    assertTrue(e.getMessage().contains("close it there first"), e.getMessage());
    return e;
  }

  @Test
  void aFolderHasOneTier() throws IOException {
    put(record("a", 1, 10));
    assertRefused(folder);
    Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
    assertRefused(link);
    put(record("b", 1, 10));
    tier.close();
    tier = FileTier.open(link);
    assertKept(record("a", 1, 10));
    assertKept(record("b", 1, 10));
  }

  @Test
  void anotherProcessIsRefused() throws Exception {
    assertRefused(folder); // Must not cost the first one its lock.
    Process other = FileTierProcess.start(folder, temporary.resolve("errors"));
    try {
      String answer = FileTierProcess.firstLine(other);
      assertTrue(answer.contains("process " + ProcessHandle.current().pid() + ","), answer);
      other.destroyForcibly().waitFor();
      delete(folder);
      put(record("a", 1, 10)); // The folder is made anew.
      other = FileTierProcess.start(folder, temporary.resolve("errors"));
      answer = FileTierProcess.firstLine(other);
      assertTrue(answer.contains("process " + ProcessHandle.current().pid() + ","), answer);
      tier.close();
      other.destroyForcibly().waitFor();
      other = FileTierProcess.start(folder, temporary.resolve("errors"));
      assertEquals("open", FileTierProcess.firstLine(other));
      assertRefused(folder);
      other.destroyForcibly().waitFor();
      tier = open(ROOMY);
      assertKept(record("theirs", 1, 100));
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void aFolderThatWasDeletedIsMadeAnew() throws IOException {
    put(record("a", 1, 10));
    delete(folder);
    tier.get("a");
    put(record("b", 1, 10));
    assertKept(record("b", 1, 10));
    assertRefused(folder);
    reopen();
    assertKept(record("b", 1, 10));
    assertGone("a");
    delete(folder);
    put(record("c", 1, 10));
    assertKept(record("c", 1, 10));
    reopen();
    assertKept(record("c", 1, 10));
  }

  @Test
  void whereNothingCanBeWrittenAPutFailsAndLaterOnesWork() throws IOException {
    put(record("a", 1, 10));
    delete(folder);
    Files.writeString(folder, "in the way");
    CacheTierException e = assertThrows(CacheTierException.class, () -> put(record("b", 1, 10)));
    assertTrue(e.getMessage().contains(folder.toString()), e.getMessage());
    assertGone("b");
    Files.delete(folder);
    put(record("b", 1, 10));
    assertKept(record("b", 1, 10));
    reopen();
    assertKept(record("b", 1, 10));
  }

  @Test
  void aSegmentThatIsReplacedWhileItIsWrittenIsWrittenNoMore() throws IOException {
    put(record("a", 1, 10));
    Path written = segments().get(0);
    Files.delete(written);
    Files.write(written, bytes("another", 1, 5_000));
    put(record("b", 1, 10));
    assertKept(record("b", 1, 10));
    reopen();
    assertKept(record("b", 1, 10));
  }

  @Test
  void aFileInPlaceOfTheFolderIsToldPlainly() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "no folder");
    CacheTierException e = assertThrows(CacheTierException.class, () -> FileTier.open(file));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
  }

  @Test
  void whatIsMadeIsForItsOwnerOnly() throws IOException {
    put(record("a", 1, 10));
    assertEquals("rwx------", permissions(folder));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertEquals("rw-------", permissions(file), file.toString());
      }
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void boundsThatCannotBeKeptAreRefused() {
    FileTierBuilder builder = FileTier.builder(temporary.resolve("other"));
    assertThrows(IllegalArgumentException.class, () -> builder.maxBytes(1_000));
    assertThrows(IllegalArgumentException.class, () -> builder.segmentBytes(0));
    builder.maxBytes(1 << 20).segmentBytes(1 << 19);
    assertThrows(IllegalArgumentException.class, builder::open);
    assertFalse(Files.exists(temporary.resolve("other")));
  }
}
