package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite tier goes on, whatever mixture of old and new pages a power loss has left of it. */
class SqliteTierTornTest {
  private static final int KEYS = 60;
  private static final int STATES = 400;

  /* Of the header of a database, see https://sqlite.org/fileformat2.html */
  private static final int FIRST_FREE_PAGE = 32;
  private static final int FREE_PAGES = 36;

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("cache.db");
  }

  private SqliteTier open() {
    return SqliteTier.builder(file).maxBytes(1 << 20).open();
  }

  /** What stands under a key follows from the key and the order. */
  private static TierRecord record(int key, long order) {
    Random own = new Random(31L * key + order);
    byte[] bytes = new byte[own.nextInt(8) == 0 ? own.nextInt(2_500) : own.nextInt(300)];
    own.nextBytes(bytes);
    return new TierRecord("key:" + key, order, Long.MAX_VALUE, bytes);
  }

  @Test
  void whatIsPutIntoAFileOfTornPagesIsFoundAtTheSecondPutAtLast() throws IOException {
    Random random = new Random(1);
    List<byte[]> moments = moments(random);
    int damaged = 0;
    for (int state = 0; state < STATES; state++) {
      for (String beside : List.of("", "-wal", "-shm", "-damaged")) {
        Files.deleteIfExists(folder.resolve("cache.db" + beside));
      }
      Files.write(file, torn(moments, random));
      try (SqliteTier tier = open()) {
        for (int key = 0; key < KEYS; key++) {
          assertFoundAtLast(tier, key);
        }
        damaged += tier.use().damaged() > 0 ? 1 : 0;
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("in state " + state, e);
      }
    }
    assertTrue(damaged > STATES / 10, damaged + " states were of any consequence");
  }

  private static void assertFoundAtLast(SqliteTier tier, int key) {
    TierRecord last = record(key, Long.MAX_VALUE);
    TierRecord found = null;
    for (int turn = 0; turn < 2 && found == null; turn++) {
      tier.put(List.of(last));
      found = tier.get(last.key());
    }
    assertNotNull(found, last.key());
    assertEquals(last.order(), found.order());
    assertArrayEquals(last.bytes(), found.bytes());
  }

  /** The file as it was, time after time. */
  private List<byte[]> moments(Random random) throws IOException {
    List<byte[]> moments = new ArrayList<>();
    long order = 1_000_000;
    for (int session = 0; session < 30; session++) {
      try (SqliteTier tier = open()) {
        for (int step = 1 + random.nextInt(30); step > 0; step--) {
          List<TierRecord> records = new ArrayList<>();
          for (int i = 1 + random.nextInt(6); i > 0; i--) {
            order++;
            records.add(record(random.nextInt(KEYS), order));
          }
          if (random.nextInt(10) == 0) {
            tier.remove(records);
          } else {
            tier.put(records);
          }
        }
      }
      moments.add(Files.readAllBytes(file));
    }
    return moments;
  }

  /** Each part as it was at one of some moments that follow each other, or never written. */
  private static byte[] torn(List<byte[]> moments, Random random) {
    int first = random.nextInt(moments.size() - 4);
    int span = 2 + random.nextInt(4);
    int part = random.nextBoolean() ? 4096 : 512;
    int rarity = List.of(2, 8, 30).get(random.nextInt(3));
    byte[] torn = moments.get(first + random.nextInt(span)).clone();
    for (int at = 0; at < torn.length; at += part) {
      byte[] other = moments.get(first + random.nextInt(span));
      if (random.nextInt(rarity) == 0) {
        byte[] there =
            at < other.length ? Arrays.copyOfRange(other, at, at + part) : new byte[part];
        System.arraycopy(there, 0, torn, at, part);
      }
    }
    return torn;
  }

  @Test
  void aPointerBehindTheEndOfTheFileIsDamageAndNoFullDisk() throws IOException {
    TierRecord large = new TierRecord("large", 1, Long.MAX_VALUE, new byte[9_000]);
    new Random(5).nextBytes(large.bytes());
    try (SqliteTier tier = open()) {
      tier.put(List.of(large));
    }
    byte[] whole = Files.readAllBytes(file);
    ByteBuffer.wrap(whole).putInt(endOfFirstPart(whole, large.bytes()), 1_000_000);
    Files.write(file, whole);
    try (SqliteTier tier = open()) {
      for (int key = 0; key < KEYS; key++) { // Until the page with that row is divided.
        tier.put(List.of(record(key, 2)));
      }
      assertEquals(1, tier.use().damaged());
      for (int key = 0; key < KEYS; key++) {
        assertFoundAtLast(tier, key);
      }
      assertEquals(1, tier.use().damaged());
    }
  }

  /** Where the number of the page stands on which a value goes on. */
  private static int endOfFirstPart(byte[] whole, byte[] value) {
    for (int at = 0; at < whole.length; at++) {
      int same = Arrays.mismatch(Arrays.copyOfRange(whole, at, at + value.length), value);
      if (same > 16) {
        return at + same;
      }
    }
    throw new AssertionError("the value is not in the file");
  }

  @Test
  void aFullTierWhoseFreePagesAreForgottenMakesRoom() throws IOException {
    try (SqliteTier tier = open()) {
      for (int i = 0; i < 1_000 && tier.use().evicted() == 0; i++) {
        tier.put(List.of(new TierRecord("old " + i, 1, Long.MAX_VALUE, new byte[2_000])));
      }
    }
    byte[] whole = Files.readAllBytes(file);
    assertTrue(ByteBuffer.wrap(whole).getInt(FREE_PAGES) > 0, "no page is free");
    ByteBuffer.wrap(whole).putInt(FIRST_FREE_PAGE, 0).putInt(FREE_PAGES, 0);
    Files.write(file, whole);
    try (SqliteTier tier = open()) {
      for (int turn = 0; turn < 10; turn++) {
        for (int key = 0; key < KEYS; key++) {
          tier.put(List.of(record(key, turn)));
        }
      }
      for (int key = 0; key < KEYS; key++) {
        assertFoundAtLast(tier, key);
      }
      assertEquals(0, tier.use().damaged());
    }
  }
}
