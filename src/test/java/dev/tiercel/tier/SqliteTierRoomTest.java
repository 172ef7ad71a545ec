package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the SQLite tier does with its room, and who has to go. */
class SqliteTierRoomTest {
  private static final long MAX = 4L << 20;
  private static final long NEVER = Long.MAX_VALUE;

  @TempDir Path folder;

  private SqliteTier tier;

  @BeforeEach
  void open() {
    tier =
        SqliteTier.builder(folder.resolve("cache.db"))
            .maxBytes(MAX)
            .clock(() -> Instant.ofEpochMilli(1_000_000))
            .open();
  }

  @AfterEach
  void close() {
    tier.close();
  }

  private static TierRecord record(int i, int length, long expires) {
    return new TierRecord("key " + i, i, expires, new byte[length]);
  }

  private long bytesOnDisk() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      long sum = 0;
      for (Path file : files.toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }

  private void fill(int from, int to) {
    List<TierRecord> some = new ArrayList<>();
    for (int i = from; i < to; i++) {
      some.add(record(i, 200, NEVER));
      if (some.size() == 500) {
        tier.put(some);
        some.clear();
      }
    }
    tier.put(some);
  }

  @Test
  void theFilesStayBelowTheBoundWhateverIsPut() throws IOException {
    Random random = new Random(5);
    int key = 0;
    for (int round = 0; round < 100; round++) {
      List<TierRecord> some = new ArrayList<>();
      int size = 1 << random.nextInt(18);
      for (int i = 0; i < Math.max(1, 200_000 / (size + 100)); i++) {
        some.add(record(random.nextInt(5) == 0 ? random.nextInt(1 + key) : key++, size, NEVER));
      }
      tier.put(some);
      long bytes = bytesOnDisk();
      assertTrue(bytes <= MAX, () -> bytes + " bytes");
    }
    assertTrue(tier.use().evicted() > 0);
  }

  @Test
  void nothingGoesBeforeHalfTheTierWasWrittenAfterIt() {
    fill(0, 30_000);
    long entries = tier.use().entries();
    for (int i = 30_000 - (int) (entries / 2) + 600; i < 30_000; i++) {
      assertTrue(tier.get("key " + i) != null, "key " + i + " of " + entries);
    }
  }

  @Test
  void whatIsReadStays() {
    fill(0, 5_000);
    for (int i = 5_000; i < 50_000; i += 500) {
      for (int read = 0; read < 500; read++) {
        tier.get("key " + read);
      }
      fill(i, i + 500);
    }
    int read = 0;
    int unread = 0;
    for (int i = 0; i < 500; i++) {
      read += tier.get("key " + i) != null ? 1 : 0;
      unread += tier.get("key " + (1_000 + i)) != null ? 1 : 0;
    }
    assertTrue(unread < 50, unread + " of 500 that nobody read are left"); // Bits are shared.
    assertTrue(read > 400, read + " of 500 are left");
  }

  @Test
  void whatHasExpiredGoesFirst() {
    List<TierRecord> expired = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      expired.add(record(100_000 + i, 200, 999_999));
    }
    fill(0, 5_000);
    tier.put(expired);
    for (int i = 5_000; tier.use().evicted() == 0; i += 100) {
      fill(i, i + 100);
    }
    for (TierRecord record : expired) {
      assertNull(tier.get(record.key()), record.key());
    }
  }

  @Test
  void whatWasRemovedMakesTheFileShorter() throws IOException {
    fill(0, 8_000);
    long before = bytesOnDisk();
    assertEquals(6_000, tier.removeIf(record -> record.order() >= 2_000));
    assertTrue(bytesOnDisk() < before / 2, () -> "of " + before + " bytes " + tier.use());
    assertEquals(2_000, tier.removeIf(record -> true));
    assertTrue(bytesOnDisk() < 100_000, () -> tier.use().toString());
  }

  @Test
  void nobodyElseMayReadTheFiles() throws IOException {
    fill(0, 100);
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          assertEquals(
              "rw-------",
              PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
              file.toString());
        }
      }
    }
  }

  @Test
  void aSecondTierOnTheFileIsRefusedByName() throws IOException {
    Path other = Files.createSymbolicLink(folder.resolve("other.db"), folder.resolve("cache.db"));
    for (Path path : List.of(folder.resolve("cache.db"), other)) {
      CacheTierException refusal =
          assertThrows(CacheTierException.class, () -> SqliteTier.builder(path).open());
      assertTrue(refusal.getMessage().contains("cache.db-owner"), refusal.getMessage());
      assertTrue(refusal.getMessage().contains("close it there"), refusal.getMessage());
    }
    tier.close();
    SqliteTier.builder(other).open().close();
  }

  @Test
  void aBoundOutOfRangeIsRefused() {
    SqliteTierBuilder builder = SqliteTier.builder(folder.resolve("x.db"));
    assertThrows(IllegalArgumentException.class, () -> builder.maxBytes((1 << 20) - 1));
    assertFalse(Files.exists(folder.resolve("x.db")));
  }
}
