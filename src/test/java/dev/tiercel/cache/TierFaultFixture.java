package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.TAG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.FileTier;
import dev.tiercel.tier.SqliteTier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A cache over real tiers, and what its tests ask of it. */
abstract class TierFaultFixture {
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final long ROOMY = 32 << 20;
  static final long SMALL = 1 << 20;
  static final int VALUES = 40;

  enum Kind {
    SQLITE,
    FILES;

    CacheTier open(Path folder, long maxBytes) {
      return this == SQLITE
          ? SqliteTier.builder(folder.resolve("cache.db")).maxBytes(maxBytes).open()
          : FileTier.builder(folder.resolve("segments")).maxBytes(maxBytes).open();
    }
  }

  @TempDir Path folder;
  final SetClock clock = new SetClock();
  LedgerDatabase items;
  TieredCache cache;
  TypedCache<String> texts;

  void open(Codec codec, CacheTier... tiers) {
    items = LedgerDatabase.open(folder.resolve("items.db"));
    TieredCacheBuilder builder = Caches.direct().ledger(items.ledger).clock(clock).codec(codec);
    List.of(tiers).forEach(builder::tier);
    cache = builder.build();
    texts = cache.typed(String.class);
  }

  void open(CacheTier... tiers) {
    open(new TextCodec(), tiers);
  }

  @AfterEach
  void close() throws InterruptedException {
    assertTrue(cache.flush(MINUTE));
    cache.close();
    items.close();
  }

  void fill(String key, String value) throws InterruptedException {
    assertEquals(value, texts.get(key, TAG, () -> value));
    leave(key);
  }

  /** Waits until all is written, and has memory forget a key. */
  void leave(String key) throws InterruptedException {
    assertTrue(cache.flush(MINUTE));
    Entry entry = cache.cached(key);
    if (entry != null) {
      cache.drop(key, entry);
    }
  }

  TierStats stats() {
    return cache.tierStats().get(0);
  }

  static String value(int i) {
    return ("value " + i + ";").repeat(1 + 50 * i);
  }

  void fillAll() throws InterruptedException {
    for (int i = 0; i < VALUES; i++) {
      fill("key:" + i, value(i));
    }
  }

  /** Asks for all; returns how many were there. */
  int assertNoneIsWrong() throws InterruptedException {
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
  void assertRecovers() throws InterruptedException {
    clock.advance(Duration.ofHours(1));
    assertNoneIsWrong();
    clock.advance(Duration.ofHours(1));
    assertNoneIsWrong();
    assertEquals(VALUES, assertNoneIsWrong());
  }

  List<Path> files(Kind kind) throws IOException {
    Path where = kind == Kind.SQLITE ? folder : folder.resolve("segments");
    try (Stream<Path> all = Files.list(where)) {
      return all.filter(file -> !file.getFileName().toString().startsWith("items.db"))
          .filter(Files::isRegularFile)
          .toList();
    }
  }
}
