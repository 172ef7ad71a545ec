package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.never;
import static dev.tiercel.cache.LedgerDatabase.item;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.tier.TierRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a restart what is stored is served exactly if the log proves that it is current. */
class LowerTierRestartTest {
  private static final Tag A = item("a");
  private static final Tag B = item("b");

  @TempDir Path folder;
  private final MapTier map = new MapTier();
  private final SetClock clock = new SetClock();
  private LedgerDatabase items;
  private TieredCache cache;
  private TypedCache<String> texts;

  private void open() {
    items = LedgerDatabase.open(folder.resolve("items.db"));
    cache =
        Caches.direct().ledger(items.ledger).clock(clock).tier(map).codec(new TextCodec()).build();
    texts = cache.typed(String.class);
  }

  @AfterEach
  void close() throws InterruptedException {
    assertTrue(cache.flush(Duration.ofMinutes(1)));
    cache.close();
    items.close();
  }

  private void restart() throws InterruptedException {
    close();
    open();
  }

  @Test
  void whatIsCurrentIsServed() throws InterruptedException {
    open();
    texts.get("key:a", A, () -> "a");
    texts.get("key:b", B, () -> "b");
    restart();
    items.write("b");
    assertEquals("a", texts.get("key:a", A, never()));
    assertEquals("new", texts.get("key:b", B, () -> "new"));
    restart();
    restart();
    assertEquals("a", texts.get("key:a", A, never()));
    assertEquals("new", texts.get("key:b", B, never()));
  }

  @Test
  void aPatternHoldsAfterTheNextOpen() throws InterruptedException {
    open();
    texts.get("key:a", A, () -> "old");
    TierRecord stored = stored("key:a");
    cache.invalidatePattern("*:a");
    map.records.put("key:a", stored); // The sweep removed it; as if it had not come so far.
    restart();
    assertEquals("new", texts.get("key:a", A, () -> "new"));
  }

  private TierRecord stored(String key) throws InterruptedException {
    assertTrue(cache.flush(Duration.ofMinutes(1)));
    return map.records.get(key);
  }

  @Test
  void aWriteThatNobodySawVoidsEverything() throws Exception {
    open();
    texts.get("key:a", A, () -> "old");
    close();
    LedgerDatabase.elsewhere(items.file, "DELETE FROM item");
    open();
    assertEquals("new", texts.get("key:a", A, () -> "new"));
  }

  @Test
  void aRestoredBackupVoidsWhatCameAfterIt() throws Exception {
    open();
    texts.get("key:a", A, () -> "before");
    close();
    Path backup = folder.resolve("backup.db");
    Files.copy(items.file, backup);
    open();
    items.write("b");
    texts.get("key:b", B, () -> "b is there");
    close();
    Files.copy(backup, items.file, StandardCopyOption.REPLACE_EXISTING);
    open();
    assertEquals("b is not there", texts.get("key:b", B, () -> "b is not there"));
  }

  @Test
  void timesGoOnByTheCalendar() throws InterruptedException {
    CachePolicy minute = CachePolicy.DEFAULT.ttl(Duration.ofMinutes(1));
    open();
    texts.policy(minute).get("key:a", A, () -> "old");
    clock.advance(Duration.ofSeconds(59));
    restart(); // The clock of the cache begins anew, as the machine's own does.
    assertEquals("old", texts.policy(minute).get("key:a", A, never()));
    close();
    clock.advance(Duration.ofSeconds(1));
    open();
    assertEquals("new", texts.policy(minute).get("key:a", A, () -> "new"));
  }

  @Test
  void whatWasMadeInTheFutureIsExpired() throws InterruptedException {
    CachePolicy minute = CachePolicy.DEFAULT.ttl(Duration.ofMinutes(1));
    open();
    texts.policy(minute).get("key:a", A, () -> "old");
    texts.get("key:b", B, () -> "for ever");
    close();
    clock.advance(Duration.ofDays(-1)); // Somebody set it back.
    open();
    assertEquals("new", texts.policy(minute).get("key:a", A, () -> "new"));
    assertEquals("for ever", texts.get("key:b", B, never()));
  }
}
