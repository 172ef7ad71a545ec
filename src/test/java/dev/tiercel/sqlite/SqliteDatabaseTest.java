package dev.tiercel.sqlite;

import static dev.tiercel.sqlite.NumberTable.numbers;
import static dev.tiercel.sqlite.NumberTable.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.SqliteException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest {
  @TempDir Path folder;

  private static String pragma(SqliteDatabase database, String name) {
    return database.read(
        session -> session.first("PRAGMA " + name, Binder.NONE, row -> row.getString(1)));
  }

  private static void refused(Kind kind, Executable call) {
    assertEquals(kind, assertThrows(SqliteException.class, call).kind());
  }

  @Test
  void theFileHasAWriteAheadLogThatIsGoneAfterTheClose() {
    Path log = folder.resolve("n.db-wal");
    try (SqliteDatabase database = NumberTable.in(folder).open()) {
      write(database, 1);
      assertEquals("wal", pragma(database, "journal_mode"));
      assertTrue(Files.exists(log));
    }
    assertFalse(Files.exists(log));
    assertFalse(Files.exists(folder.resolve("n.db-shm")));
    try (SqliteDatabase database = NumberTable.in(folder).open()) {
      assertEquals(List.of(1L), numbers(database));
    }
  }

  @Test
  void aPathOfUnusualCharactersIsTakenToTheLetter() {
    Path file = folder.resolve("a b%20#ä'&;.db");
    try (SqliteDatabase database =
        SqliteDatabase.builder(file).migrations(List.of(NumberTable.SCHEMA)).open()) {
      write(database, 1);
      database.backup(folder.resolve("copy of %20'#.db"));
    }
    assertTrue(Files.exists(file));
    assertTrue(Files.exists(folder.resolve("copy of %20'#.db")));
  }

  @Test
  void readersCannotWrite() {
    try (SqliteDatabase database = NumberTable.in(folder).open()) {
      assertEquals("1", pragma(database, "query_only"));
      assertThrows(
          SqliteException.class,
          () -> database.read(s -> s.update("INSERT INTO n VALUES (1)", Binder.NONE)));
      assertEquals(List.of(), numbers(database));
    }
  }

  @Test
  void failingReadsGiveTheirConnectionsBack() {
    try (SqliteDatabase database = NumberTable.in(folder).open()) {
      write(database, 1);
      for (int i = 0; i < 10; i++) {
        assertThrows(
            SqliteException.class, () -> database.read(s -> s.number("SELECT nope", Binder.NONE)));
        assertThrows(
            IllegalStateException.class, () -> database.read(s -> s.snapshot(t -> failing())));
        assertThrows(
            IllegalStateException.class,
            () -> database.read(s -> s.list("SELECT id FROM n", Binder.NONE, row -> failing())));
      }
      write(database, 2);
      for (int i = 0; i < 10; i++) {
        assertEquals(List.of(1L, 2L), numbers(database));
      }
    }
  }

  private static long failing() {
    throw new IllegalStateException("made by the test");
  }

  @Test
  void aSnapshotDoesNotSeeWhatIsWrittenMeanwhile() {
    try (SqliteDatabase database = NumberTable.in(folder).open()) {
      String count = "SELECT count(*) FROM n";
      List<Long> seen =
          database.read(
              session ->
                  session.snapshot(
                      own -> {
                        long before = own.number(count, Binder.NONE);
                        write(database, 1);
                        return List.of(before, own.number(count, Binder.NONE));
                      }));
      assertEquals(List.of(0L, 0L), seen);
      assertEquals(List.of(1L), numbers(database));
    }
  }

  @Test
  void moreTextsThanAreKeptCanBePrepared() {
    try (SqliteDatabase database = NumberTable.in(folder).open()) {
      for (int i = 0; i < 600; i++) {
        int number = i;
        assertEquals(
            number, database.read(s -> s.number("SELECT " + number, Binder.NONE)).intValue());
      }
    }
  }

  @Test
  void useAfterTheCloseIsRefusedAndClosingAgainDoesNothing() {
    SqliteDatabase database = NumberTable.in(folder).open();
    database.close();
    database.close();
    refused(Kind.CLOSED, () -> numbers(database));
    refused(Kind.CLOSED, () -> write(database, 1));
    refused(Kind.CLOSED, () -> database.writeSingle((session, changes) -> 1));
    refused(Kind.CLOSED, () -> database.alone((session, changes) -> 1));
    refused(Kind.CLOSED, () -> database.backup(folder.resolve("copy.db")));
    assertFalse(Files.exists(folder.resolve("copy.db")));
  }

  private List<String> files() throws Exception {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aBackupIsWholeAndHoldsWhatIsCommitted() throws Exception {
    Path target = folder.resolve("copy.db");
    try (SqliteDatabase database = NumberTable.in(folder).open()) {
      for (long id = 1; id <= 100; id++) {
        write(database, id);
      }
      database.alone(
          (session, changes) -> {
            NumberTable.insert(session, changes, 101);
            database.backup(target);
            return 0;
          });
    }
    assertEquals(List.of("copy.db", "n.db"), files());
    try (SqliteDatabase copy =
        SqliteDatabase.builder(target)
            .migrations(List.of(NumberTable.SCHEMA))
            .autoMigrate(false)
            .open()) {
      assertEquals(100, numbers(copy).size());
      assertEquals("ok", pragma(copy, "integrity_check"));
    }
  }

  @Test
  void aBackupOverwritesNothingAndLeavesNothingHalf() throws Exception {
    Path target = Files.writeString(folder.resolve("copy.db"), "precious");
    Path others = Files.writeString(folder.resolve("new.db.part"), "somebody else's");
    try (SqliteDatabase database = NumberTable.in(folder).open()) {
      SqliteException e = assertThrows(SqliteException.class, () -> database.backup(target));
      assertEquals(Kind.UNSUPPORTED, e.kind());
      assertTrue(e.getMessage().contains(target.toString()), e.getMessage());
      assertEquals("precious", Files.readString(target));
      database.backup(folder.resolve("new.db"));
      assertEquals("somebody else's", Files.readString(others));
      assertThrows(
          SqliteException.class, () -> database.backup(folder.resolve("no/such/folder.db")));
    }
    assertEquals(List.of("copy.db", "n.db", "new.db", "new.db.part"), files());
  }

  @Test
  void aBackupOnAnInterruptedThreadIsToldAsThatAndIsNotThere() throws Exception {
    Path target = folder.resolve("copy.db");
    try (SqliteDatabase database = NumberTable.in(folder).open()) {
      Thread.currentThread().interrupt();
      SqliteException e = assertThrows(SqliteException.class, () -> database.backup(target));
      assertTrue(Thread.interrupted(), "the flag is gone");
      assertEquals(Kind.INTERRUPTED, e.kind(), e.getMessage());
      assertEquals(
          "the backup " + target + " was interrupted and is not there; make it again",
          e.getMessage());
    }
    assertEquals(List.of("n.db"), files());
  }

  @Test
  void theScriptRunByHandIsEnough() throws Exception {
    Path file = folder.resolve("by-hand.db");
    Migration script =
        Migration.fromResource(Migration.class, "/META-INF/tiercel/migrations/V1__tasks.sql", 1);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(script.sql());
    }
    SqliteDatabase.builder(file).migrations(List.of(script)).autoMigrate(false).open().close();
  }

  @RepeatedTest(15)
  void twoOpenersAtOnceMigrateOnce() throws Exception {
    List<Migration> steps =
        List.of(
            NumberTable.SCHEMA,
            new Migration(2, "CREATE TABLE more (id INTEGER); INSERT INTO n VALUES (7);"));
    CyclicBarrier start = new CyclicBarrier(4);
    List<QueuedWriter<List<Long>>> openers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      openers.add(
          QueuedWriter.start(
              () -> {
                SqliteDatabaseBuilder builder = NumberTable.in(folder).migrations(steps);
                start.await(1, TimeUnit.MINUTES);
                try (SqliteDatabase database = builder.open()) {
                  return numbers(database);
                }
              }));
    }
    for (QueuedWriter<List<Long>> opener : openers) {
      assertEquals(List.of(7L), opener.get());
    }
  }

  @Test
  void aMigrationThatFailsLeavesTheVersionBeforeIt() {
    Migration broken = new Migration(2, "INSERT INTO n VALUES (1); INSERT INTO nowhere VALUES (1)");
    assertThrows(
        SqliteException.class,
        () -> NumberTable.in(folder).migrations(List.of(NumberTable.SCHEMA, broken)).open());
    try (SqliteDatabase database = NumberTable.in(folder).autoMigrate(false).open()) {
      assertEquals("1", pragma(database, "user_version"));
      assertEquals(List.of(), numbers(database));
    }
  }

  private static void namesIt(String value, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(value), message);
  }

  @Test
  void theBuilderRefusesWhatIsOutOfRangeAndNamesTheValue() {
    SqliteDatabaseBuilder builder = SqliteDatabase.builder(folder.resolve("n.db"));
    namesIt("readers is 0", () -> builder.readers(0));
    namesIt("readers is 257", () -> builder.readers(257));
    namesIt("busyTimeout is PT0.249S", () -> builder.busyTimeout(Duration.ofMillis(249)));
    namesIt(
        "busyTimeout is PT1H0.001S", () -> builder.busyTimeout(Duration.ofHours(1).plusMillis(1)));
    namesIt("cacheBytes is 65535", () -> builder.cacheBytes(65_535));
    namesIt("cacheBytes is 68719476737", () -> builder.cacheBytes((64L << 30) + 1));
    namesIt("mmapBytes is -1", () -> builder.mmapBytes(-1));
    namesIt("mmapBytes is 1099511627777", () -> builder.mmapBytes((1L << 40) + 1));
    namesIt("walBytes is 1048575", () -> builder.walBytes((1L << 20) - 1));
    namesIt("walBytes is 68719476737", () -> builder.walBytes((64L << 30) + 1));
    namesIt("migration is 2", () -> builder.migrations(List.of(new Migration(2, ""))));
    assertThrows(NullPointerException.class, () -> SqliteDatabase.builder(null));
    assertThrows(NullPointerException.class, () -> builder.durability(null));
    assertThrows(NullPointerException.class, () -> builder.preparation(null));
    assertThrows(NullPointerException.class, () -> builder.journal(null));
  }

  @Test
  void theBoundsThemselvesAreTaken() {
    try (SqliteDatabase database =
        NumberTable.in(folder)
            .readers(1)
            .busyTimeout(Duration.ofMillis(250))
            .cacheBytes(64 << 10)
            .mmapBytes(0)
            .walBytes(1 << 20)
            .open()) {
      write(database, 1);
      assertEquals(List.of(1L), numbers(database));
    }
  }
}
