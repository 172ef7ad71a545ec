package dev.tiercel.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.SqliteException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenRefusalTest {
  @TempDir Path folder;

  private static void refused(Path file, Kind kind, String remedy) throws IOException {
    SqliteException e =
        assertThrows(
            SqliteException.class,
            () -> SqliteDatabase.builder(file).migrations(List.of(NumberTable.SCHEMA)).open());
    assertEquals(kind, e.kind(), e.getMessage());
    assertTrue(e.getMessage().contains(remedy), e.getMessage());
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    assertNothingOpen(file);
  }

  private static void assertNothingOpen(Path file) throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return;
    }
    try (Stream<Path> all = Files.list(descriptors)) {
      assertEquals(
          List.of(),
          all.map(OpenRefusalTest::target)
              .filter(open -> open.startsWith(file.toString()))
              .toList());
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (NoSuchFileException e) {
      return ""; // Closed since the listing.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void execute(Path file, String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void aFolderIsNoDatabase() throws Exception {
    refused(folder, Kind.UNSUPPORTED, "name a file in it");
  }

  @Test
  void aMissingFolderIsNamed() throws Exception {
    Path file = folder.resolve("missing/n.db");
    refused(file, Kind.UNSUPPORTED, "create " + folder.resolve("missing"));
    assertFalse(Files.exists(file.getParent()));
  }

  @Test
  void aQuestionMarkInThePathIsRefused() throws Exception {
    Path file = folder.resolve("what?.db");
    refused(file, Kind.UNSUPPORTED, "rename");
    try (Stream<Path> all = Files.list(folder)) {
      assertEquals(0, all.count());
    }
  }

  @Test
  void aFileOfSomethingElseIsRefusedAndUntouched() throws Exception {
    Path file = folder.resolve("n.db");
    String text = "This is no database. ".repeat(400);
    Files.writeString(file, text);
    refused(file, Kind.CORRUPT, "restore a backup");
    assertEquals(text, Files.readString(file));
    Files.delete(file);
    NumberTable.in(folder).open().close();
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 50, 99, 100, 511, 4096})
  void aTruncatedDatabaseIsRefusedAndUntouched(int length) throws Exception {
    Path file = folder.resolve("n.db");
    execute(file, "CREATE TABLE n (id INTEGER PRIMARY KEY)", "PRAGMA user_version=1");
    byte[] cut = Arrays.copyOf(Files.readAllBytes(file), length);
    Files.write(file, cut);
    refused(file, Kind.CORRUPT, "restore a backup");
    assertArrayEquals(cut, Files.readAllBytes(file));
  }

  @Test
  void aDatabaseWhosePagesAreInTheLogIsOpenedThroughALinkToo() throws Exception {
    try (SqliteDatabase database = NumberTable.in(folder).open()) {
      NumberTable.write(database, 1);
      Path link = Files.createSymbolicLink(folder.resolve("link.db"), folder.resolve("n.db"));
      try (SqliteDatabase linked = SqliteDatabase.builder(link).open()) {
        assertEquals(List.of(1L), NumberTable.numbers(linked));
      }
    }
  }

  @Test
  void aNewerSchemaIsRefusedAndUntouched() throws Exception {
    Path file = folder.resolve("n.db");
    execute(file, "CREATE TABLE n (id INTEGER PRIMARY KEY)", "PRAGMA user_version=2");
    byte[] before = Files.readAllBytes(file);
    refused(file, Kind.UNSUPPORTED, "user_version 2, this version of Tiercel knows up to 1");
    assertArrayEquals(before, Files.readAllBytes(file));
    execute(file, "PRAGMA user_version=-1");
    refused(file, Kind.UNSUPPORTED, "user_version -1");
  }

  @Test
  void anOlderSchemaIsRefusedIfItMayNotBeMigrated() throws Exception {
    SqliteException e =
        assertThrows(SqliteException.class, () -> NumberTable.in(folder).autoMigrate(false).open());
    assertEquals(Kind.UNSUPPORTED, e.kind());
    assertTrue(e.getMessage().contains("run the scripts"), e.getMessage());
    assertNothingOpen(folder.resolve("n.db"));
    NumberTable.in(folder).open().close();
    NumberTable.in(folder).autoMigrate(false).open().close();
    assertNothingOpen(folder.resolve("n.db"));
  }

  @Test
  void aRefusalByThePreparationLeavesNothingOpen() throws Exception {
    Path file = folder.resolve("n.db");
    execute(file, "CREATE TABLE other (id INTEGER)");
    byte[] before = Files.readAllBytes(file);
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () ->
                NumberTable.in(folder)
                    .preparation(
                        (connection, path) -> {
                          throw new IllegalStateException("not this one");
                        })
                    .open());
    assertEquals("not this one", e.getMessage());
    assertNothingOpen(file);
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  /** Makes a path writable again. */
  private interface Undo extends AutoCloseable {
    @Override
    void close();
  }

  private static boolean runs(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // There is no such command.
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Makes a file or folder read-only, also for root; returns what undoes it. */
  private static Undo readOnly(Path path) {
    String name = path.toString();
    if (runs("mount", "--bind", name, name)) {
      if (runs("mount", "-o", "remount,ro,bind", name)) {
        return () -> assertTrue(runs("umount", name) || runs("umount", "-l", name));
      }
      assertTrue(runs("umount", name));
    }
    if (runs("chattr", "+i", name)) {
      return () -> assertTrue(runs("chattr", "-i", name));
    }
    boolean done = path.toFile().setWritable(false) && !Files.isWritable(path);
    if (!done) {
      path.toFile().setWritable(true);
    }
    Assumptions.assumeTrue(done, "nothing here makes a file read-only for this user");
    return () -> assertTrue(path.toFile().setWritable(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void aFileThatCannotBeWrittenIsRefused(String mode) throws Exception {
    Path file = folder.resolve("n.db");
    execute(
        file,
        "PRAGMA journal_mode=" + mode,
        "CREATE TABLE n (id INTEGER PRIMARY KEY)",
        "PRAGMA user_version=1");
    Undo undo = readOnly(file);
    try (undo) {
      refused(file, Kind.READ_ONLY, "check the permissions");
    }
    NumberTable.in(folder).open().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void aFolderThatCannotBeWrittenIsRefused(String mode) throws Exception {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Path file = inner.resolve("n.db");
    execute(
        file,
        "PRAGMA journal_mode=" + mode,
        "CREATE TABLE n (id INTEGER PRIMARY KEY)",
        "PRAGMA user_version=1");
    Undo undo = readOnly(inner);
    try (undo) {
      refused(file, Kind.READ_ONLY, "check the permissions");
    }
    NumberTable.in(inner).open().close();
  }
}
