package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.TAG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.CacheTierException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache closes the tiers that it was given, whatever goes wrong. */
class TierClosingTest {
  @TempDir Path folder;
  private final MapTier map = new MapTier();

  private TieredCacheBuilder given() {
    return Caches.direct().tier(map).codec(new TextCodec());
  }

  private void assertRefused(
      Class<? extends Exception> type, String said, TieredCacheBuilder builder) {
    Exception refusal = assertThrows(type, builder::build);
    assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    assertTrue(map.closed);
  }

  @Test
  void whenAnotherCannotBeOpened() {
    Path missing = folder.resolve("missing").resolve("cache.db");
    assertRefused(
        CacheTierException.class, missing.toString(), given().sqliteTier(missing, 1 << 20));
  }

  @Test
  void whenTwoHaveOneName() {
    MapTier second = new MapTier();
    assertRefused(IllegalStateException.class, "two tiers", given().tier(second));
    assertTrue(second.closed);
  }

  @Test
  void whenATimeToLiveIsMissing() {
    assertRefused(IllegalStateException.class, "ttl", TieredCache.builder().tier(map));
  }

  @Test
  void whenOneCannotEvenBeClosed() {
    CacheTier bad =
        new ForwardingTier() {
          @Override
          CacheTier to() {
            return map;
          }

          @Override
          public String name() {
            return "bad";
          }

          @Override
          public void close() {
            throw new CacheTierException("as asked", null);
          }
        };
    TieredCacheBuilder builder = Caches.direct().tier(bad).tier(map);
    builder.build().close();
    assertTrue(map.closed);
    map.closed = false;
    assertRefused(IllegalStateException.class, "two tiers", builder.tier(new MapTier()));
  }

  /** A key that comes to have no text. */
  private record FadingKey(AtomicBoolean faded) implements CacheKey {
    @Override
    public String text() {
      if (faded.get()) {
        throw new IllegalStateException("as asked");
      }
      return "key";
    }
  }

  @Test
  void whenAKeyThrowsAtTheEnd() {
    FadingKey key = new FadingKey(new AtomicBoolean());
    TieredCache cache = given().build();
    assertEquals("a", cache.typed(String.class).get(key, TAG, () -> "a"));
    key.faded.set(true);
    cache.close();
    assertTrue(map.closed);
  }
}
