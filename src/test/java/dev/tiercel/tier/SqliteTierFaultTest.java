package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a SQLite tier does when its disk is full, its file locked, its threads interrupted. */
class SqliteTierFaultTest {
  private static final long MAX = 32L << 20;

  @TempDir Path folder;

  private static TierRecord record(int i, int length) {
    return new TierRecord("key " + i, i, Long.MAX_VALUE, new byte[length]);
  }

  private static SqliteTier open(Path file) {
    return SqliteTier.builder(file).maxBytes(MAX).open();
  }

  @Test
  void aFullDiskFailsPutsAndNothingElse() throws IOException, InterruptedException {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=4m", "tiercel", disk.toString()), "no root");
    try (SqliteTier tier = open(disk.resolve("cache.db"))) {
      tier.put(List.of(record(0, 1_000)));
      Path ballast = disk.resolve("ballast");
      assertThrows(IOException.class, () -> Files.write(ballast, new byte[8 << 20]));
      CacheTierException full = null;
      int kept = 0;
      while (full == null) {
        try {
          tier.put(List.of(record(kept + 1, 50_000)));
          kept++;
        } catch (CacheTierException e) {
          full = e;
        }
      }
      assertTrue(full.getMessage().contains("cache.db"), full.getMessage());
      assertTrue(full.getMessage().contains("full"), full.getMessage());
      for (int i = 0; i <= kept; i++) {
        assertNotNull(tier.get("key " + i));
      }
      assertNull(tier.get("key " + (kept + 1)));
      Files.delete(ballast);
      tier.put(List.of(record(kept + 1, 50_000)));
      assertNotNull(tier.get("key " + (kept + 1)));
      assertEquals(0, tier.use().damaged());
    } finally {
      assertTrue(run("umount", "-l", disk.toString()));
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }

  @Test
  void aLockOfSomebodyElseFailsPutsAndIsForgottenWhenItIsGone() throws SQLException {
    Path file = folder.resolve("cache.db");
    try (SqliteTier tier = open(file);
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      tier.put(List.of(record(1, 10)));
      statement.execute("BEGIN IMMEDIATE");
      CacheTierException locked =
          assertThrows(CacheTierException.class, () -> tier.put(List.of(record(2, 10))));
      assertTrue(locked.getMessage().contains("locked"), locked.getMessage());
      assertNotNull(tier.get("key 1"));
      statement.execute("ROLLBACK");
      tier.put(List.of(record(2, 10)));
      assertNotNull(tier.get("key 2"));
    }
  }

  @Test
  void aLongReadOfSomebodyElseDoesNotLetTheLogGrow() throws SQLException, IOException {
    Path file = folder.resolve("cache.db");
    try (SqliteTier tier = open(file);
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      tier.put(List.of(record(1, 10)));
      statement.execute("BEGIN");
      statement.executeQuery("SELECT count(*) FROM entry").close();
      CacheTierException refusal = null;
      for (int i = 2; refusal == null; i++) {
        try {
          tier.put(List.of(record(i, 100_000)));
        } catch (CacheTierException e) {
          refusal = e;
        }
        assertTrue(tier.use().bytes() <= MAX, () -> tier.use().toString());
      }
      assertNotNull(tier.get("key 1"));
      statement.execute("ROLLBACK");
      tier.put(List.of(record(100_000, 10)));
      assertNotNull(tier.get("key 100000"));
    }
  }

  @Test
  void aDamagedFileIsReplacedWhileManyReadAndWrite() throws Exception {
    Path file = folder.resolve("cache.db");
    ExecutorService threads = Executors.newFixedThreadPool(3);
    AtomicBoolean over = new AtomicBoolean();
    try (SqliteTier tier = open(file)) {
      tier.put(List.of(record(1, 10)));
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        int own = t;
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; !over.get(); i++) {
                    TierRecord found = tier.get("key " + i % 50);
                    assertTrue(found == null || found.order() == i % 50);
                    if (own == 0) {
                      tier.put(List.of(record(i % 50, 3_000)));
                    }
                  }
                }));
      }
      for (int round = 0; round < 20; round++) {
        tier.put(List.of(record(round, 3_000)));
        if (round % 5 == 4) {
          tier.clear();
        } else {
          Files.deleteIfExists(file);
        }
        tier.get("key " + round);
      }
      over.set(true);
      for (Future<?> one : running) {
        one.get();
      }
      tier.put(List.of(record(7, 10)));
      assertNotNull(tier.get("key 7"));
    } finally {
      over.set(true);
      threads.shutdown();
    }
  }

  @Test
  void anInterruptedThreadReadsWritesAndOpens() {
    Path file = folder.resolve("cache.db");
    Thread.currentThread().interrupt();
    try (SqliteTier tier = open(file)) {
      tier.put(List.of(record(1, 10)));
      assertNotNull(tier.get("key 1"));
      assertEquals(1, tier.removeIf(record -> true));
      tier.clear();
      assertThrows(CacheTierException.class, () -> open(file));
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void aFolderThatIsMissingIsNamed() {
    Path file = folder.resolve("missing").resolve("cache.db");
    CacheTierException refusal = assertThrows(CacheTierException.class, () -> open(file));
    assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
    assertFalse(Files.exists(file));
  }
}
