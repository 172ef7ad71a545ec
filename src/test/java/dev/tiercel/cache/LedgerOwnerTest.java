package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.sqlite.SqliteException;
import dev.tiercel.sqlite.SqliteException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One ledger owns the caches of a database, whoever asks, by whatever name. */
class LedgerOwnerTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() throws IOException {
    file = folder.toRealPath().resolve("items.db");
  }

  private void assertRefused(Path database, String owner) {
    SqliteException e =
        assertThrows(SqliteException.class, () -> LedgerDatabase.open(database).close());
    assertEquals(Kind.UNSUPPORTED, e.kind());
    for (String part : List.of(owner, file + "-owner", "close that one", "without caches")) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  private Process start(Path database) throws IOException {
    return OwningProcess.start(database, folder.resolve("errors"));
  }

  private String firstWords(Process process) throws IOException {
    String line = OwningProcess.firstLine(process);
    return line.isEmpty() ? Files.readString(folder.resolve("errors")) : line;
  }

  @Test
  void aSecondLedgerOfThisProcessIsRefused() {
    try (LedgerDatabase first = LedgerDatabase.open(file)) {
      assertRefused(file, "this process");
      assertRefused(file, "this process");
      first.write("a");
    }
    LedgerDatabase.open(file).close();
  }

  @Test
  void anotherNameOfTheSameFileIsRefusedToo() throws IOException {
    try (LedgerDatabase first = LedgerDatabase.open(file)) {
      first.write("a");
      Path link = Files.createSymbolicLink(folder.resolve("link.db"), file);
      assertRefused(link, "this process");
      Path linkedFolder = Files.createSymbolicLink(folder.resolve("linked"), folder);
      assertRefused(linkedFolder.resolve("items.db"), "this process");
      Path detour = folder.resolve("..").resolve(folder.getFileName()).resolve("items.db");
      assertRefused(detour, "this process");
      Path relative = Path.of("").toAbsolutePath().relativize(file);
      assertRefused(relative, "this process");
    }
  }

  @Test
  void anotherProcessIsRefusedEvenIfThisOneWasRefusedBefore() throws Exception {
    try (LedgerDatabase first = LedgerDatabase.open(file)) {
      assertRefused(file, "this process"); // Must not cost the first one its lock.
      Process second = start(file);
      try {
        String answer = firstWords(second);
        assertTrue(answer.startsWith("UNSUPPORTED"), answer);
        String pid = "process " + ProcessHandle.current().pid() + ",";
        assertTrue(answer.contains(pid) && answer.contains(file + "-owner"), answer);
      } finally {
        second.toHandle().destroyForcibly();
      }
      first.write("a");
    }
  }

  @Test
  void theCachesAreFreeWhenTheirOwnerHasDied() throws Exception {
    Process owner = start(file);
    try {
      String answer = firstWords(owner);
      assertTrue(answer.startsWith("owns"), answer);
      assertRefused(file, "process " + owner.pid());
      try (SqliteDatabase bare = SqliteDatabase.builder(file).open()) {
        assertTrue(bare.isAutoMigrating());
      }
      owner.toHandle().destroyForcibly();
      owner.waitFor();
      LedgerDatabase.open(file).close();
    } finally {
      owner.toHandle().destroyForcibly();
    }
  }

  @Test
  void theCachesAreOwnedUntilTheDatabaseIsClosed() {
    LedgerDatabase first = LedgerDatabase.open(file);
    first.ledger.close();
    assertRefused(file, "this process"); // Its commits still go to the log.
    first.close();
    LedgerDatabase.open(file).close();
  }

  @Test
  void anOpeningThatFailsLeavesTheCachesFree() throws Exception {
    LedgerDatabase.elsewhere(file, "CREATE TABLE tiercel_log (another INTEGER)");
    LedgerDatabase failing = LedgerDatabase.closed(file, 100);
    assertThrows(SqliteException.class, failing::opened);
    LedgerDatabase.elsewhere(file, "DROP TABLE tiercel_log");
    failing.opened(); // It may try again.
    assertRefused(file, "this process");
    failing.close();
  }

  @Test
  void aLedgerBelongsToOneDatabase() {
    try (LedgerDatabase first = LedgerDatabase.open(file)) {
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class,
              () ->
                  SqliteDatabase.builder(folder.resolve("second.db"))
                      .journal(first.ledger.journal())
                      .open());
      assertTrue(e.getMessage().contains("items.db"), e.getMessage());
      first.write("a");
    }
  }

  @Test
  void aFolderInPlaceOfTheLockIsToldPlainly() throws IOException {
    Files.createDirectory(folder.resolve("items.db-owner"));
    SqliteException e = assertThrows(SqliteException.class, () -> LedgerDatabase.open(file));
    assertEquals(Kind.READ_ONLY, e.kind());
    assertTrue(e.getMessage().contains("items.db-owner"), e.getMessage());
  }
}
