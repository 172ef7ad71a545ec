package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.TAG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.store.SmallDisk;
import dev.tiercel.tier.CacheTierException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is wrong with a tier: a look-up answers, answers right, and it is counted. */
class TierFaultTest extends TierFaultFixture {
  @ParameterizedTest
  @EnumSource(Kind.class)
  void damageIsSaidOnce(Kind kind) throws Exception {
    open(kind.open(folder, ROOMY));
    fillAll();
    String logger = kind == Kind.SQLITE ? "SqliteTier" : "Damage";
    try (CapturedLog log = new CapturedLog("dev.tiercel.tier." + logger)) {
      for (Path file : files(kind)) {
        if (!file.toString().contains("owner")) {
          Files.write(file, new byte[(int) Files.size(file)]);
        }
      }
      assertTrue(assertNoneIsWrong() < VALUES);
      List<String> all = log.warnings();
      assertEquals(1, all.size(), all::toString);
      assertTrue(all.get(0).contains(folder.toString()), all::toString);
      assertTrue(stats().use().damaged() > 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aValueThatIsLargerThanTheTierLeavesNoOlderOne(Kind kind) throws InterruptedException {
    open(kind.open(folder, SMALL));
    fillAll();
    fill("key", "old");
    cache.invalidateKey("key");
    String large = "large ".repeat((int) SMALL / 3);
    fill("key", large);
    assertEquals(1, stats().use().refused());
    assertEquals(0, stats().failures());
    assertEquals("new", texts.get("key", TAG, () -> "new"));
    assertRecovers();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void filesMayBeDeletedUnderWay(Kind kind) throws Exception {
    open(kind.open(folder, ROOMY));
    fillAll();
    for (Path file : files(kind)) {
      Files.delete(file);
    }
    assertNoneIsWrong();
    assertRecovers();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void filesMayBeReplacedByGarbageUnderWay(Kind kind) throws Exception {
    Random random = new Random(5);
    for (boolean inPlace : new boolean[] {false, true}) {
      open(kind.open(folder, ROOMY));
      fillAll();
      for (Path file : files(kind)) {
        byte[] garbage = new byte[(int) Math.min(Files.size(file), 200_000)];
        random.nextBytes(garbage);
        if (file.toString().endsWith("-owner") || file.toString().endsWith("owner.lock")) {
          continue; // To open it is to lose the lock.
        }
        if (inPlace) {
          Files.write(file, garbage);
        } else {
          Path other = Files.write(folder.resolve("garbage"), garbage);
          Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        }
      }
      assertNoneIsWrong();
      assertRecovers();
      close();
    }
    open(kind.open(folder, ROOMY));
    assertNoneIsWrong();
  }

  @Test
  void aFileThatIsLockedElsewhereCostsPutsOnly() throws Exception {
    open(Kind.SQLITE.open(folder, ROOMY));
    fillAll();
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder + "/cache.db");
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      fill("more", "more");
      assertEquals(1, stats().failures());
      assertEquals(1, stats().dropped());
      assertNoneIsWrong();
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    assertRecovers();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aSecondCacheOnTheFilesIsRefused(Kind kind) throws InterruptedException {
    open(kind.open(folder, ROOMY));
    fillAll();
    CacheTierException refusal =
        assertThrows(CacheTierException.class, () -> kind.open(folder, ROOMY));
    assertTrue(refusal.getMessage().contains("close it there first"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("its own place"), refusal.getMessage());
    assertEquals(VALUES, assertNoneIsWrong(), "it is none of its business");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aTierThatFailsIsSaidOnceAndLeavesTheOthersAlone(Kind kind) throws Exception {
    MapTier map = new MapTier();
    open(map, kind.open(folder, ROOMY));
    fillAll();
    try (CapturedLog log = new CapturedLog(CircuitBreaker.class)) {
      map.broken = true;
      for (int i = 0; i < 3; i++) {
        assertEquals(VALUES, assertNoneIsWrong());
        clock.advance(Duration.ofMinutes(2));
      }
      assertEquals(3, stats().failures());
      assertEquals(0, cache.tierStats().get(1).failures());
      assertEquals(1, log.warnings().size(), () -> log.warnings().toString());
    }
    map.broken = false;
    assertRecovers();
    assertEquals(3, stats().failures());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aFullDiskCostsValuesOnly(Kind kind) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 4)) {
      open(kind.open(disk.file("."), ROOMY));
      fillAll();
      Path ballast = disk.file("ballast");
      assertThrows(IOException.class, () -> Files.write(ballast, new byte[8 << 20]));
      List<String> large = new ArrayList<>();
      for (int i = 0; stats().failures() == 0; i++) {
        large.add((char) ('a' + i % 26) + " is large".repeat(10_000));
        fill("large:" + i, large.get(i));
      }
      assertNoneIsWrong();
      assertTrue(stats().dropped() > 0);
      Files.delete(ballast);
      clock.advance(MINUTE);
      for (int i = 0; i < large.size(); i++) {
        fill("large:" + i, large.get(i));
      }
      assertRecovers();
      close();
      open();
    }
  }
}
