package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.OTHER;
import static dev.tiercel.cache.Caches.TAG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tags that a value is given count for each copy of it: below memory, on its way, and in flight.
 */
@Timeout(60)
class DependBelowTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String KEY = "tasks:a";

  private final MapTier map = new MapTier();
  private Runnable inDecode = () -> {};
  private final TieredCache cache =
      TieredCache.builder().onlyWriter().tier(map).codec(codec()).build();
  private final TypedCache<String> texts = cache.typed(String.class);

  /* It decodes when a record was found current, and before its value is in memory. */
  private Codec codec() {
    return new ForwardingCodec(new TextCodec()) {
      @Override
      public Object decode(byte[] bytes, int offset, int length, TypeRef<?> type)
          throws IOException {
        Runnable meanwhile = inDecode;
        inDecode = () -> {};
        meanwhile.run();
        return super.decode(bytes, offset, length, type);
      }
    };
  }

  @AfterEach
  void close() {
    cache.close();
  }

  private void store(String value) throws InterruptedException {
    texts.get(KEY, TAG, () -> value);
    assertTrue(cache.flush(MINUTE));
    forget();
  }

  private void forget() {
    cache.drop(KEY, cache.cached(KEY));
  }

  @Test
  void whatIsOnItsWayFromBelowDoesNotComeIntoMemoryWithoutThem() throws InterruptedException {
    store("old");
    inDecode =
        () -> {
          texts.put(KEY, "old", TAG, cache.stamp());
          texts.depend(KEY, OTHER);
          forget();
        };
    assertEquals("old", texts.get(KEY, TAG, () -> "loaded"));
    assertNull(cache.cached(KEY), "it lacks the other tag");
    cache.invalidate(OTHER);
    assertEquals("new", texts.get(KEY, TAG, () -> "new"));
  }

  @Test
  void whatIsOnItsWayFromBelowDoesNotReplaceWhatWasPutMeanwhile() throws InterruptedException {
    store("old");
    inDecode = () -> texts.put(KEY, "newer", TAG, cache.stamp());
    texts.get(KEY, TAG, () -> "loaded");
    assertEquals("newer", texts.get(KEY, TAG, Caches.never()));
  }

  @Test
  void aLoadThatIsUnderWayIsNotSharedAfterwards() throws Exception {
    texts.get(KEY, TAG, () -> "old");
    HeldLoader<String> held = HeldLoader.of("old");
    CompletableFuture<String> refreshed = texts.refresh(KEY, TAG, held).toCompletableFuture();
    held.awaitEntered();
    texts.depend(KEY, OTHER);
    forget();
    cache.invalidate(OTHER);
    assertEquals("new", texts.get(KEY, TAG, () -> "new"), "it waits for no load of before");
    held.release();
    assertEquals("old", refreshed.get());
  }
}
