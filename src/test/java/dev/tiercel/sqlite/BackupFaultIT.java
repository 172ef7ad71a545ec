package dev.tiercel.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.faults.Fault;
import dev.tiercel.faults.Fault.Errno;
import dev.tiercel.faults.Fault.Operation;
import dev.tiercel.faults.Shim;
import dev.tiercel.sqlite.FaultyChild.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backup makes do with what a file system has, and tells all that went wrong. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BackupFaultIT {
  @TempDir static Path tools;
  private static Path shim;

  @TempDir Path folder;
  private Path drop;
  private Path target;

  @BeforeAll
  static void compile() throws Exception {
    shim = Shim.compile(tools);
  }

  @BeforeEach
  void prepare() throws Exception {
    drop = Files.createDirectory(folder.resolve("drop"));
    target = drop.resolve("copy.db");
  }

  private Answer backup(Fault fault) throws Exception {
    try (FaultyChild child = FaultyChild.start(shim, folder)) {
      child.settle(7, 0);
      return child.backup(target, fault);
    }
  }

  private void assertMade(Answer answer) throws Exception {
    assertEquals("OK", answer.told());
    assertTrue(answer.failed() > 0, "nothing failed");
    assertEquals(List.of("copy.db"), dropped());
    assertEquals(Map.of(7L, true), BatchTable.batches(target));
  }

  private List<String> dropped() throws IOException {
    try (Stream<Path> all = Files.list(drop)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFileSystemWithoutHardLinksTakesABackupToo() throws Exception {
    // The first such call is the link, the next the renaming in its place.
    assertMade(backup(Fault.of(Operation.RENAME, "copy.db", Errno.EPERM)));
  }

  @Test
  void aBackupThatCanBeNeitherLinkedNorRenamedIsRefusedForBoth() throws Exception {
    Answer answer = backup(Fault.of(Operation.RENAME, "copy.db", Errno.EPERM).forGood());
    assertTrue(answer.told().contains("cannot be written; check its folder"), answer.told());
    assertTrue(answer.told().matches(".*\\[.*copy\\.db.*]"), answer.told());
    assertEquals(List.of(), dropped());
  }

  @Test
  void aFolderThatMayBeWrittenButNotReadTakesABackupToo() throws Exception {
    assertMade(backup(Fault.of(Operation.OPEN, "drop", Errno.EACCES).forGood()));
  }
}
