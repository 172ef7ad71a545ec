package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to the file of a SQLite tier, it gives back what was put, or nothing. */
class SqliteTierDamageTest {
  private static final int RECORDS = 12;

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("cache.db");
  }

  private SqliteTier open() {
    return SqliteTier.builder(file).maxBytes(1 << 20).open();
  }

  private static TierRecord record(int i) {
    byte[] bytes = new byte[i == 0 ? 9_000 : 100 + 40 * i];
    new Random(i).nextBytes(bytes);
    return new TierRecord("key " + i, 1000 + i, i % 3 == 0 ? 5_000_000 : Long.MAX_VALUE, bytes);
  }

  private static List<TierRecord> records() {
    List<TierRecord> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      records.add(record(i));
    }
    return records;
  }

  private byte[] fileOfATier() throws IOException {
    try (SqliteTier tier = open()) {
      tier.put(records());
    }
    return Files.readAllBytes(file);
  }

  /** Returns how many are there; those are right. */
  private static int rightOnes(SqliteTier tier) {
    int found = 0;
    for (int i = 0; i < RECORDS; i++) {
      TierRecord record = tier.get("key " + i);
      if (record != null) {
        assertEquals(record(i).order(), record.order());
        assertEquals(record(i).expiresAt(), record.expiresAt());
        assertArrayEquals(record(i).bytes(), record.bytes());
        found++;
      }
    }
    return found;
  }

  private static void assertUsable(SqliteTier tier) {
    tier.put(records());
    assertEquals(RECORDS, rightOnes(tier));
  }

  private void forget() throws IOException {
    for (String name : List.of("cache.db", "cache.db-wal", "cache.db-shm", "cache.db-damaged")) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  @Test
  void aFlippedByteIsNeverServed() throws IOException {
    byte[] whole = fileOfATier();
    int lost = 0;
    for (int at = 0; at < whole.length; at += at < 100 ? 1 : 37) {
      forget();
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 + at % 255);
      Files.write(file, flipped);
      try (SqliteTier tier = open()) {
        int found = rightOnes(tier);
        lost += found < RECORDS ? 1 : 0;
        tier.removeIf(record -> record.order() == 0);
        rightOnes(tier);
        assertUsable(tier);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("with byte " + at + " flipped", e);
      }
    }
    assertTrue(lost > whole.length / 37 / 4, lost + " flips were of any consequence");
  }

  @Test
  void aFlippedBitInAValueIsCountedAndMendedByTheNextPut() throws IOException {
    byte[] whole = fileOfATier();
    byte[] value = Arrays.copyOf(record(5).bytes(), 32); // The rest may be on another page.
    for (int at = 0; at < whole.length - value.length; at++) {
      if (equal(whole, at, value)) { // Also what a split left behind, which nobody reads.
        whole[at + 7] ^= 4;
      }
    }
    Files.write(file, whole);
    try (SqliteTier tier = open()) {
      assertNull(tier.get("key 5"));
      assertEquals(1, tier.use().damaged());
      assertEquals(RECORDS - 1, rightOnes(tier));
      assertUsable(tier);
    }
  }

  private static boolean equal(byte[] whole, int at, byte[] part) {
    for (int i = 0; i < part.length; i++) {
      if (whole[at + i] != part[i]) {
        return false;
      }
    }
    return true;
  }

  @Test
  void aFileThatIsCutShortIsAnEmptyTier() throws IOException {
    byte[] whole = fileOfATier();
    for (int length = 0; length < whole.length; length += 1 + length / 3) {
      forget();
      Files.write(file, Arrays.copyOf(whole, length));
      try (SqliteTier tier = open()) {
        rightOnes(tier);
        assertUsable(tier);
      }
    }
  }

  @Test
  void garbageIsMovedAside() throws IOException {
    byte[] garbage = new byte[20_000];
    new Random(3).nextBytes(garbage);
    Files.write(file, garbage);
    try (SqliteTier tier = open()) {
      assertEquals(0, rightOnes(tier));
      assertEquals(1, tier.use().damaged());
      assertUsable(tier);
    }
    assertArrayEquals(garbage, Files.readAllBytes(folder.resolve("cache.db-damaged")));
  }

  @Test
  void anotherVersionOfTheTablesIsBegunAnew() throws IOException, SQLException {
    fileOfATier();
    execute("PRAGMA user_version=99");
    try (SqliteTier tier = open()) {
      assertEquals(0, rightOnes(tier));
      assertEquals(1, tier.use().damaged());
      assertUsable(tier);
    }
    assertFalse(Files.exists(folder.resolve("cache.db-damaged")));
  }

  @Test
  void theDatabaseOfSomebodyElseIsLeftAlone() throws SQLException {
    execute("CREATE TABLE tasks(id)");
    execute("INSERT INTO tasks VALUES('a')");
    CacheTierException refusal = assertThrows(CacheTierException.class, this::open);
    assertTrue(refusal.getMessage().contains("cache.db"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("name another file"), refusal.getMessage());
    execute("INSERT INTO tasks VALUES('b')");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void garbageWrittenIntoTheOpenFileIsNeverServed() throws IOException {
    Random random = new Random(11);
    for (int round = 0; round < 30; round++) {
      try (SqliteTier tier = open()) {
        assertUsable(tier);
        if (round % 2 == 0) {
          tier.put(List.of(record(1))); // Some of it is in the log.
        }
        byte[] garbage = new byte[1 + random.nextInt((int) Files.size(file))];
        random.nextBytes(garbage);
        overwrite(file, random.nextInt(3) * 1000L, garbage);
        for (int i = 0; i < 3; i++) {
          rightOnes(tier);
        }
        tier.put(List.of(record(2)));
        rightOnes(tier);
        assertUsable(tier);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("in round " + round, e);
      }
      try (SqliteTier tier = open()) {
        rightOnes(tier);
      }
    }
  }

  /* Closing the file also drops the locks that SQLite has on it: one more fault. */
  private static void overwrite(Path path, long at, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), at);
    }
  }

  @Test
  void theOpenFileMayBeCutShort() throws IOException {
    for (int round = 0; round < 10; round++) {
      try (SqliteTier tier = open()) {
        assertUsable(tier);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(round * 3_000L);
        }
        rightOnes(tier);
        tier.put(records());
        rightOnes(tier);
      }
      try (SqliteTier tier = open()) {
        rightOnes(tier);
        assertUsable(tier);
      }
    }
  }

  @Test
  void theOpenLogMayBeCutShort() throws IOException {
    for (int round = 0; round < 5; round++) {
      forget();
      try (SqliteTier tier = open()) {
        tier.put(records());
        Path log = folder.resolve("cache.db-wal");
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
          channel.truncate(Files.size(log) * round / 5);
        }
        for (int i = 0; i < 3; i++) {
          rightOnes(tier);
        }
        assertUsable(tier);
      }
    }
  }

  @Test
  void aFileThatWasDeletedIsMadeAgain() throws IOException {
    try (SqliteTier tier = open()) {
      assertUsable(tier);
      Files.delete(file);
      rightOnes(tier);
      assertUsable(tier);
      assertTrue(Files.exists(file));
    }
    try (SqliteTier tier = open()) {
      assertEquals(RECORDS, rightOnes(tier));
    }
  }

  @Test
  void aLogThatWasDeletedIsMadeAgain() throws IOException {
    try (SqliteTier tier = open()) {
      assertUsable(tier);
      Files.delete(folder.resolve("cache.db-wal"));
      rightOnes(tier);
      assertUsable(tier);
      Path copy = Files.createDirectory(folder.resolve("copy")).resolve("cache.db");
      for (String beside : List.of("", "-wal")) {
        Files.copy(folder.resolve("cache.db" + beside), copy.resolveSibling("cache.db" + beside));
      }
      file = copy;
      try (SqliteTier other = open()) {
        assertEquals(RECORDS, rightOnes(other));
      }
    }
  }

  @Test
  void aFileThatWasReplacedByGarbageIsMadeAgain() throws IOException {
    try (SqliteTier tier = open()) {
      assertUsable(tier);
      Path garbage = Files.write(folder.resolve("garbage"), new byte[10_000]);
      Files.move(garbage, file, StandardCopyOption.REPLACE_EXISTING);
      rightOnes(tier);
      assertUsable(tier);
    }
    try (SqliteTier tier = open()) {
      assertEquals(RECORDS, rightOnes(tier));
    }
  }

  @Test
  void twoKeysWithOneHashAreNotTakenForOneAnother() throws IOException, SQLException {
    fileOfATier();
    long hash = EncodedKey.of("key 3").hash();
    byte[] bytes = {1, 2, 3};
    byte[] key = EncodedKey.of("another key").bytes();
    int sum = new SqliteChecksum().of(hash, 9_999, 7, key, bytes);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var update =
            connection.prepareStatement(
                "UPDATE entry SET ord=9999, expires=7, checksum=?, key=?, bytes=? WHERE hash=?")) {
      update.setInt(1, sum);
      update.setBytes(2, key);
      update.setBytes(3, bytes);
      update.setLong(4, hash);
      assertEquals(1, update.executeUpdate());
    }
    try (SqliteTier tier = open()) {
      assertNull(tier.get("key 3"));
      assertEquals(0, tier.use().damaged());
      tier.put(List.of(record(3))); // The later one stays, although its order is less.
      assertNotNull(tier.get("key 3"));
      assertEquals(RECORDS, tier.use().entries());
    }
  }

  /* A database may be replaced by what it was: then what was removed since would be there again. */
  @Test
  void anOlderFileInItsPlaceBringsNothingBack() throws IOException {
    byte[] older = fileOfATier();
    try (SqliteTier tier = open()) {
      assertEquals(RECORDS, tier.removeIf(record -> true));
      Path copy = Files.write(folder.resolve("copy"), older);
      Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
      TierRecord next = new TierRecord("next", 5_000, Long.MAX_VALUE, new byte[10]);
      tier.put(List.of(next));
      assertNotNull(tier.get("next"));
      assertEquals(0, rightOnes(tier));
    }
  }

  @Test
  void withoutItsLogItBringsNothingBack() throws IOException {
    fileOfATier();
    try (SqliteTier tier = open()) {
      assertEquals(RECORDS, tier.removeIf(record -> true));
      Files.delete(folder.resolve("cache.db-wal"));
      TierRecord next = new TierRecord("next", 5_000, Long.MAX_VALUE, new byte[10]);
      tier.put(List.of(next));
      assertNotNull(tier.get("next"));
      assertEquals(0, rightOnes(tier));
    }
  }

  /* The last connection to close takes the log along, which is no damage. */
  @Test
  void aPutThatFailsLosesNothing() throws IOException, SQLException {
    fileOfATier();
    try (SqliteTier tier = open()) {
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        assertThrows(CacheTierException.class, () -> tier.put(records()));
        statement.execute("ROLLBACK");
      }
      assertFalse(Files.exists(folder.resolve("cache.db-wal")), "nobody has it open");
      assertEquals(RECORDS, rightOnes(tier));
      assertEquals(0, tier.use().damaged());
    }
  }
}
