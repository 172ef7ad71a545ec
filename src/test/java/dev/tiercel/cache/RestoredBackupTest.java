package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.Durability;
import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.FileTier;
import dev.tiercel.tier.SqliteTier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that goes back in time, below tiers that do not. */
class RestoredBackupTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private enum Kind {
    SQLITE,
    FILES
  }

  @TempDir Path folder;
  private final Random random = new Random(7);
  private VersionedItems items;
  private long version; // Never used twice, whatever the database forgets.

  private CacheTier tier(Kind kind) {
    return kind == Kind.SQLITE
        ? SqliteTier.builder(folder.resolve("cache.db")).maxBytes(4 << 20).open()
        : FileTier.builder(folder.resolve("segments")).maxBytes(4 << 20).open();
  }

  private Path database() {
    return folder.resolve("items.db");
  }

  private void open(Durability durability, Kind... kinds) {
    List<Supplier<CacheTier>> tiers =
        List.of(kinds).stream().<Supplier<CacheTier>>map(kind -> () -> tier(kind)).toList();
    items = VersionedItems.open(database(), durability, tiers);
  }

  @AfterEach
  void close() throws InterruptedException {
    assertTrue(items.cache.flush(MINUTE));
    items.close();
  }

  private void fillAll() throws InterruptedException {
    VersionedItems.keys().forEach(items::get);
    assertTrue(items.cache.flush(MINUTE));
  }

  /** Writes and fills, so that the tiers have values of many moments. */
  private void goOn(int steps) throws InterruptedException {
    for (int i = 0; i < steps; i++) {
      items.write(random.nextInt(VersionedItems.ITEMS), ++version);
      items.get(VersionedItems.anyKey(random));
    }
    fillAll();
  }

  /** Asks for everything; returns how much was served from below. */
  private int assertNothingIsOutdated() {
    int served = 0;
    for (String key : VersionedItems.keys()) {
      String current = items.load(key);
      Optional<String> found = items.texts.getIfPresent(key);
      served += found.isPresent() ? 1 : 0;
      assertEquals(current, found.orElse(current));
      assertEquals(current, items.get(key));
    }
    return served;
  }

  private long stale() {
    return items.cache.tierStats().stream().mapToLong(TierStats::stale).sum();
  }

  private void restore(Path backup) throws IOException {
    Files.copy(backup, database(), StandardCopyOption.REPLACE_EXISTING);
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void whatCameAfterTheBackupIsNotServed(Durability durability) throws Exception {
    open(durability, Kind.SQLITE, Kind.FILES);
    goOn(20);
    Path backup = folder.resolve("backup.db");
    items.database.backup(backup);
    for (int round = 0; round < 3; round++) {
      goOn(30);
      close();
      restore(backup);
      open(durability, Kind.SQLITE, Kind.FILES);
      assertNothingIsOutdated();
      assertTrue(stale() >= VersionedItems.keys().size(), "they were there to be refused");
      assertEquals(List.of("ok"), items.integrity());
    }
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void aBackupOfAnEmptyDatabaseIsNoLess(Durability durability) throws Exception {
    open(durability, Kind.SQLITE, Kind.FILES);
    Path backup = folder.resolve("backup.db");
    items.database.backup(backup);
    goOn(50);
    close();
    restore(backup);
    open(durability, Kind.SQLITE, Kind.FILES);
    assertEquals(0, assertNothingIsOutdated());
  }

  /* As after a power loss: the last commits of the log are gone, and the ledger cannot tell. */
  @ParameterizedTest
  @EnumSource(Durability.class)
  void whatCameWithLostCommitsIsNotServed(Durability durability) throws Exception {
    for (int round = 0; round < 3; round++) {
      open(durability, Kind.SQLITE, Kind.FILES);
      goOn(20);
      Path then = Files.createDirectory(folder.resolve("then-" + round));
      for (String suffix : List.of("", "-wal")) {
        Files.copy(folder.resolve("items.db" + suffix), then.resolve("items.db" + suffix));
      }
      goOn(20);
      close();
      for (String suffix : List.of("", "-wal")) {
        Files.copy(
            then.resolve("items.db" + suffix),
            folder.resolve("items.db" + suffix),
            StandardCopyOption.REPLACE_EXISTING);
      }
      Files.writeString(folder.resolve("items.db-owner"), "1\nopen\n");
      open(durability, Kind.SQLITE, Kind.FILES);
      int served = assertNothingIsOutdated();
      assertTrue(served > 0, "what the log proves is served");
      assertTrue(stale() > 0, "and the rest was there to be refused");
      close();
    }
    open(durability);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatIsLoadedAfterwardsIsKept(Kind kind) throws Exception {
    open(Durability.NORMAL, kind);
    Path backup = folder.resolve("backup.db");
    items.database.backup(backup);
    goOn(50);
    close();
    restore(backup);
    open(Durability.NORMAL, kind);
    fillAll();
    close();
    open(Durability.NORMAL, kind);
    assertEquals(VersionedItems.keys().size(), assertNothingIsOutdated());
  }
}
