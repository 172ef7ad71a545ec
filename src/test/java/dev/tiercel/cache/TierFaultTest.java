package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.store.SmallDisk;
import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.CacheTierException;
import dev.tiercel.tier.FileTier;
import dev.tiercel.tier.SqliteTier;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is wrong with a tier: a look-up answers, answers right, and it is counted. */
class TierFaultTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final long ROOMY = 32 << 20;
  private static final long SMALL = 1 << 20;
  private static final int VALUES = 40;

  private enum Kind {
    SQLITE,
    FILES;

    CacheTier open(Path folder, long maxBytes) {
      return this == SQLITE
          ? SqliteTier.builder(folder.resolve("cache.db")).maxBytes(maxBytes).open()
          : FileTier.builder(folder.resolve("segments")).maxBytes(maxBytes).open();
    }
  }

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private LedgerDatabase items;
  private TieredCache cache;
  private TypedCache<String> texts;

  private void open(Codec codec, CacheTier... tiers) {
    items = LedgerDatabase.open(folder.resolve("items.db"));
    TieredCacheBuilder builder = Caches.direct().ledger(items.ledger).clock(clock).codec(codec);
    List.of(tiers).forEach(builder::tier);
    cache = builder.build();
    texts = cache.typed(String.class);
  }

  private void open(CacheTier... tiers) {
    open(new TextCodec(), tiers);
  }

  @AfterEach
  void close() throws InterruptedException {
    assertTrue(cache.flush(MINUTE));
    cache.close();
    items.close();
  }

  private void fill(String key, String value) throws InterruptedException {
    assertEquals(value, texts.get(key, TAG, () -> value));
    leave(key);
  }

  /** Waits until all is written, and has memory forget a key. */
  private void leave(String key) throws InterruptedException {
    assertTrue(cache.flush(MINUTE));
    Entry entry = cache.cached(key);
    if (entry != null) {
      cache.drop(key, entry);
    }
  }

  private TierStats stats() {
    return cache.tierStats().get(0);
  }

  private static String value(int i) {
    return ("value " + i + ";").repeat(1 + 50 * i);
  }

  private void fillAll() throws InterruptedException {
    for (int i = 0; i < VALUES; i++) {
      fill("key:" + i, value(i));
    }
  }

  /** Asks for all; returns how many were there. */
  private int assertNoneIsWrong() throws InterruptedException {
    int loaded = 0;
    for (int i = 0; i < VALUES; i++) {
      int[] calls = {0};
      String key = "key:" + i;
      String value = value(i);
      String found =
          texts.get(
              key,
              TAG,
              () -> {
                calls[0]++;
                return value;
              });
      assertEquals(value, found);
      loaded += calls[0];
      leave(key);
    }
    return VALUES - loaded;
  }

  /** The cause is gone: after a while all is as ever, without a restart. */
  private void assertRecovers() throws InterruptedException {
    clock.advance(Duration.ofHours(1));
    assertNoneIsWrong();
    clock.advance(Duration.ofHours(1));
    assertNoneIsWrong();
    assertEquals(VALUES, assertNoneIsWrong());
  }

  private List<Path> files(Kind kind) throws IOException {
    Path where = kind == Kind.SQLITE ? folder : folder.resolve("segments");
    try (Stream<Path> all = Files.list(where)) {
      return all.filter(file -> !file.getFileName().toString().startsWith("items.db"))
          .filter(Files::isRegularFile)
          .toList();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anyTextIsAKey(Kind kind) throws InterruptedException {
    open(kind.open(folder, ROOMY));
    String huge = "k".repeat(1 << 20);
    List<String> keys =
        List.of(
            huge,
            huge + "2",
            "a/b",
            "/",
            "..",
            "../../items.db",
            "a/../b",
            "\0",
            "a\0",
            "a\0b",
            "*",
            "?",
            "[",
            "[a-z]",
            "]",
            "[*]",
            "%",
            "_",
            "'",
            "\\",
            "\uD800",
            "\uDC00",
            "\uDC00\uD800",
            "?\uD800",
            "\uD83D\uDE00",
            "\u00e9",
            "e\u0301",
            " ",
            "key:\n1");
    for (int i = 0; i < keys.size(); i++) {
      fill(keys.get(i), "value " + i);
    }
    for (int i = 0; i < keys.size(); i++) {
      assertEquals("value " + i, texts.get(keys.get(i), TAG, never()), keys.get(i));
      leave(keys.get(i));
    }
    assertEquals(1, cache.evictNow("[*]"), "the star alone");
    assertEquals("new", texts.get("*", TAG, () -> "new"));
    assertEquals("value 10", "value " + keys.indexOf("*"));
    assertEquals(0, stats().failures());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aValueThatCannotBeEncodedIsServedFromMemory(Kind kind) throws InterruptedException {
    open(kind.open(folder, ROOMY));
    fill("key", "old");
    cache.invalidate(TAG);
    assertEquals("cannot be encoded", texts.get("key", TAG, () -> "cannot be encoded"));
    assertEquals("cannot be encoded", texts.get("key", TAG, never()));
    leave("key");
    assertEquals(1, stats().undecodable());
    assertEquals("new", texts.get("key", TAG, () -> "new"), "what is stored is older");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aValueThatOverflowsTheStackCostsNoOther(Kind kind) throws InterruptedException {
    open(new OverflowingCodec(), kind.open(folder, ROOMY));
    List<String> keys = List.of("a", "deep", "b");
    keys.forEach(key -> texts.get(key, TAG, () -> key)); // Perhaps one batch.
    for (String key : keys) {
      leave(key);
    }
    assertEquals("a", texts.get("a", TAG, never()));
    assertEquals("b", texts.get("b", TAG, never()));
    assertEquals("loaded", texts.get("deep", TAG, () -> "loaded"));
    assertEquals(1, stats().undecodable());
    fill("deep to read", "deep to read");
    assertEquals("loaded", texts.get("deep to read", TAG, () -> "loaded"));
    assertEquals(2, stats().undecodable());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aCodecThatLeavesAnInterruptCostsNoOther(Kind kind) throws InterruptedException {
    Codec interrupting =
        new ForwardingCodec(new TextCodec()) {
          @Override
          public byte[] encode(Object value, TypeRef<?> type) throws IOException {
            Thread.currentThread().interrupt();
            return super.encode(value, type);
          }
        };
    open(interrupting, kind.open(folder, ROOMY));
    fillAll();
    assertEquals(VALUES, assertNoneIsWrong());
    assertEquals(0, stats().failures());
    assertEquals(0, stats().dropped());
  }

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
  void whatAnotherCodecOrAnotherShapeLeftIsAMiss(Kind kind) throws InterruptedException {
    open(kind.open(folder, ROOMY));
    fill("key", "a");
    close();
    for (Codec other : List.of(new TextCodec("text-2", 1), new TextCodec("text-1", 2))) {
      open(other, kind.open(folder, ROOMY));
      assertTrue(texts.getIfPresent("key").isEmpty());
      assertEquals(1, stats().undecodable());
      close();
    }
    open(SmileCodec.create(), kind.open(folder, ROOMY));
    fill("key", "b");
    TypedCache<Integer> numbers = cache.typed(Integer.class);
    assertEquals(7, numbers.get("key", TAG, () -> 7), "it is a text");
    leave("key");
    assertEquals("c", texts.get("key", TAG, () -> "c"), "it is a number by now");
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
