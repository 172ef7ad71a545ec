package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.never;
import static dev.tiercel.cache.LedgerDatabase.item;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.tier.TierRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was read most is in memory again after a restart, before anybody asks for it. */
class HotListTest {
  private record ItemKey(String id) implements CacheKey {
    @Override
    public String text() {
      return CacheKey.join("key", id);
    }
  }

  @TempDir Path folder;
  private final MapTier map = new MapTier();
  private final SetClock clock = new SetClock();
  private LedgerDatabase items;
  private TieredCache cache;

  private TypedCache<String> open() {
    items = LedgerDatabase.open(folder.resolve("items.db"));
    cache =
        Caches.direct().ledger(items.ledger).clock(clock).tier(map).codec(new TextCodec()).build();
    return cache.typed(String.class);
  }

  @AfterEach
  void close() {
    cache.close();
    items.close();
  }

  private TypedCache<String> restart() {
    close();
    return open();
  }

  @Test
  void whatWasInMemoryIsThereAgainAsFarAsItIsCurrent() {
    TypedCache<String> texts = open();
    texts.get("key:a", item("a"), () -> "a");
    texts.get("key:b", item("b"), () -> "b");
    close();
    open();
    items.write("b");
    texts = restart();
    assertNotNull(cache.cached("key:a"));
    assertNull(cache.cached("key:b"));
    int asked = map.calls.get();
    assertEquals("a", texts.get("key:a", item("a"), never()));
    assertEquals(asked, map.calls.get());
  }

  @Test
  void aKeyThatIsNoTextFindsItToo() {
    TypedCache<String> texts = open();
    texts.get(new ItemKey("a"), item("a"), () -> "a");
    texts = restart();
    int asked = map.calls.get();
    assertEquals("a", texts.get(new ItemKey("a"), item("a"), never()));
    assertEquals(asked, map.calls.get(), "it was in memory under its text");
    assertNull(cache.cached("key:a"));
    assertNotNull(cache.cached(new ItemKey("a")));
    items.write("a");
    assertEquals("new", texts.get(new ItemKey("a"), item("a"), () -> "new"));
  }

  @Test
  void aListThatIsDamagedOrSomebodysEntryIsNoList() throws InterruptedException {
    TypedCache<String> texts = open();
    texts.get("key:a", item("a"), () -> "a");
    close();
    TierRecord list = map.records.get(HotList.KEY);
    map.records.put(
        HotList.KEY, new TierRecord(HotList.KEY, list.order(), list.expiresAt(), new byte[] {2}));
    texts = open();
    assertNull(cache.cached("key:a"));
    assertEquals("a", texts.get("key:a", item("a"), never()));
    texts.get(HotList.KEY, item("a"), () -> "somebody's");
    assertTrue(cache.flush(Duration.ofMinutes(1)));
    texts = restart();
    assertEquals("a", texts.get("key:a", item("a"), never()));
  }

  @Test
  void aSweepLeavesTheListThere() {
    TypedCache<String> texts = open();
    texts.get("key:a", item("a"), () -> "a");
    restart();
    cache.invalidatePattern("*");
    assertNotNull(map.records.get(HotList.KEY));
    assertNull(map.records.get("key:a"));
  }

  @Test
  void whatWasHotDoesNotComeBackOverWhatIsNewer() throws InterruptedException {
    ItemKey key = new ItemKey("a");
    for (String into : List.of("memory", "map")) {
      TypedCache<String> texts = open();
      texts.get(key, item("a"), () -> "old");
      texts = restart();
      assertNotNull(cache.cached("key:a"), "it is hot");
      texts.into(into).put(key, "newer", item("a"), cache.stamp());
      Entry entry = cache.cached(key);
      if (entry != null) {
        cache.drop(key, entry); // For want of room, say.
      }
      assertTrue(cache.flush(Duration.ofMinutes(1)));
      String found = texts.get(key, item("a"), () -> "newer");
      assertEquals("newer", found, into);
      close();
      map.records.clear();
    }
    open();
  }

  @Test
  void whatWasHotAndIsGoneDoesNotComeBack() throws InterruptedException {
    ItemKey key = new ItemKey("a");
    TypedCache<String> texts = open();
    texts.get(key, item("a"), () -> "old");
    texts = restart();
    texts.refresh(key, item("a"), () -> null).toCompletableFuture().join();
    assertTrue(cache.flush(Duration.ofMinutes(1)));
    assertEquals(Optional.empty(), texts.getIfPresent(key));
  }

  @Test
  void whatWasHotHasTheTagsThatItWasGivenLater() {
    ItemKey key = new ItemKey("a");
    TypedCache<String> texts = open();
    texts.get(key, item("a"), () -> "old");
    texts = restart();
    texts.get(key, item("a"), never());
    texts.depend(key, item("b"));
    cache.drop(key, cache.cached(key));
    items.write("b");
    assertEquals("new", texts.get(key, item("a"), () -> "new"));
  }
}
