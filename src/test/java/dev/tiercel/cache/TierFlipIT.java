package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.FileTier;
import dev.tiercel.tier.SqliteTier;
import dev.tiercel.tier.TierRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flips bits in the files of a tier and cuts them short, and looks everything up through a cache:
 * what is there is right, what is void or expired stays so, and nothing fails.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TierFlipIT {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long BYTES = 1 << 20;
  private static final int VALUES = 8;
  private static final int BYTES_OF_FIELDS = 110; // Those of a record that are not its value.

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private final Random random = new Random(20_261_125);
  private final Map<String, String> current = new HashMap<>();
  private final MovedTier moved = new MovedTier();
  private LedgerDatabase items;
  private TieredCache cache;
  private TypedCache<String> texts;
  private int attempts;
  private int served;

  @BeforeEach
  void open() {
    items = LedgerDatabase.open(folder.resolve("items.db"));
    cache =
        Caches.direct()
            .ledger(items.ledger)
            .clock(clock)
            .tier(moved)
            .codec(SmileCodec.create())
            .build();
    texts = cache.typed(String.class);
  }

  @AfterEach
  void close() {
    cache.close();
    items.close();
  }

  /** Some that are current, one that a write made void, and one that is expired. */
  private void fill() throws InterruptedException {
    for (int i = 0; i < VALUES; i++) {
      String key = "items:" + i;
      current.put(key, "value " + i + " ".repeat(i) + "of " + key);
      texts.get(key, LedgerDatabase.item("" + i), () -> current.get(key));
    }
    texts.get("void:1", LedgerDatabase.item("void"), () -> "void");
    TypedCache<String> second = texts.policy(CachePolicy.DEFAULT.ttl(SECOND));
    second.get("expired:1", LedgerDatabase.item("expired"), () -> "expired");
    assertTrue(cache.flush(MINUTE));
    items.write("void");
    // Not so far that the list of hot keys is due: it could be stored between two tiers.
    clock.advance(SECOND.multipliedBy(2));
    forget();
  }

  private void forget() {
    for (String key : keys()) {
      Entry entry = cache.cached(key);
      if (entry != null) {
        cache.drop(key, entry);
      }
    }
  }

  private List<String> keys() {
    return Stream.concat(current.keySet().stream(), Stream.of("void:1", "expired:1")).toList();
  }

  /** Looks everything up in a tier that has just been opened. */
  private void lookUp(CacheTier damaged, String how) {
    attempts++;
    moved.to = damaged;
    try {
      for (String key : keys()) {
        Optional<String> found = texts.getIfPresent(key);
        if (found.isPresent()) {
          assertEquals(current.get(key), found.get(), () -> key + " " + how);
          served++;
        }
      }
    } finally {
      damaged.close();
      forget();
    }
    assertEquals(0, cache.tierStats().get(0).failures(), how);
  }

  private interface Opening {
    CacheTier with(byte[] bytes) throws IOException;
  }

  /** Flips every bit where the fields of some records are, some elsewhere, and cuts the end off. */
  private void damage(byte[] whole, Opening opening, int flips, int cuts) throws IOException {
    lookUp(opening.with(whole), "untouched");
    assertEquals(current.size(), served);
    for (String key : List.of("items:3", "void:1", "expired:1")) {
      int at = find(whole, key);
      for (int bit = 0; bit < BYTES_OF_FIELDS * Byte.SIZE; bit++) {
        int from = Math.max(0, at - BYTES_OF_FIELDS / 2);
        flip(whole, opening, from * Byte.SIZE + bit);
      }
    }
    for (int i = 0; i < flips; i++) {
      flip(whole, opening, random.nextInt(whole.length * Byte.SIZE));
    }
    for (int i = 0; i < cuts; i++) {
      int length = random.nextInt(whole.length);
      lookUp(opening.with(Arrays.copyOf(whole, length)), "cut to " + length);
    }
    assertTrue(served > attempts, () -> served + " were served after " + attempts + " attempts");
  }

  private void flip(byte[] whole, Opening opening, int bit) throws IOException {
    int at = Math.min(bit / Byte.SIZE, whole.length - 1);
    byte[] flipped = whole.clone();
    flipped[at] ^= (byte) (1 << bit % Byte.SIZE);
    lookUp(opening.with(flipped), "with bit " + bit + " flipped");
  }

  private static int find(byte[] whole, String key) {
    int at = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf(key);
    assertTrue(at >= 0, key);
    return at;
  }

  @Test
  void noFlippedBitOfASegmentIsServed() throws Exception {
    Path files = folder.resolve("segments");
    CacheTier whole = FileTier.builder(files).maxBytes(BYTES).open();
    moved.to = whole;
    fill();
    Path segment = segment(files);
    byte[] killed = Files.readAllBytes(segment);
    whole.close();
    byte[] finished = Files.readAllBytes(segment);
    assertTrue(finished.length > killed.length, "it has a footer");
    for (byte[] bytes : List.of(killed, finished)) {
      damage(
          bytes,
          changed -> {
            Files.deleteIfExists(segment(files));
            Files.write(segment, changed);
            return FileTier.builder(files).maxBytes(BYTES).open();
          },
          500,
          100);
      served = 0;
    }
    assertTrue(attempts >= 6_000, () -> attempts + " attempts");
  }

  private static Path segment(Path files) throws IOException {
    try (Stream<Path> all = Files.list(files)) {
      return all.filter(file -> file.toString().endsWith(".segment"))
          .findAny()
          .orElse(files.resolve("none"));
    }
  }

  @Test
  void noFlippedBitOfADatabaseIsServed() throws Exception {
    Path file = folder.resolve("cache.db");
    CacheTier whole = SqliteTier.builder(file).maxBytes(BYTES).open();
    moved.to = whole;
    fill();
    whole.close();
    byte[] bytes = Files.readAllBytes(file);
    damage(
        bytes,
        changed -> {
          for (String beside : List.of("", "-wal", "-shm", "-damaged")) {
            Files.deleteIfExists(folder.resolve("cache.db" + beside));
          }
          Files.write(file, changed);
          return SqliteTier.builder(file).maxBytes(BYTES).open();
        },
        1_500,
        100);
    assertTrue(attempts >= 4_000, () -> attempts + " attempts");
  }

  /* A tier checks its bytes; a cache that is handed others all the same must not fail. */
  @Test
  void noBitOfAStoredEntryMakesALookUpFail() throws Exception {
    MapTier map = new MapTier();
    moved.to = map;
    fill();
    Map<String, TierRecord> whole = Map.copyOf(map.records);
    int misses = 0;
    for (String key : current.keySet()) {
      TierRecord record = whole.get(key);
      for (int bit = 0; bit < record.bytes().length * Byte.SIZE; bit++) {
        byte[] bytes = record.bytes().clone();
        bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        map.records.put(key, new TierRecord(key, record.order(), record.expiresAt(), bytes));
        misses += texts.getIfPresent(key).isPresent() ? 0 : 1;
        forget();
        attempts++;
      }
      map.records.put(key, record);
    }
    assertEquals(0, cache.tierStats().get(0).failures());
    int missed = misses;
    assertTrue(missed > attempts / 4, () -> missed + " misses in " + attempts);
    assertTrue(attempts >= 4_000, () -> attempts + " attempts");
  }

  /** A tier that is another one from time to time. */
  private static final class MovedTier extends ForwardingTier {
    private CacheTier to = new MapTier();

    @Override
    CacheTier to() {
      return to;
    }
  }
}
