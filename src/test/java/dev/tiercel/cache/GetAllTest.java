package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.OTHER;
import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many values at once: what is missing is loaded together. */
class GetAllTest {
  private final TieredCache cache = Caches.direct().build();
  private final TypedCache<String> texts = cache.typed(String.class);

  @AfterEach
  void close() {
    cache.close();
  }

  private static Tags tag(String key) {
    return Tag.of("task", key);
  }

  private static Map<String, String> upper(Set<String> keys) {
    return keys.stream().collect(Collectors.toMap(key -> key, key -> key.toUpperCase(Locale.ROOT)));
  }

  private static BulkLoader<String, String> noLoad() {
    return keys -> {
      throw new AssertionError("loads " + keys);
    };
  }

  @Test
  void onlyWhatIsMissingIsLoadedAndTheOrderIsThatOfTheKeys() {
    texts.get("c", Tag.of("task:c"), () -> "cached");
    Map<String, String> all =
        texts.getAll(
            List.of("d", "c", "a", "d", "b"),
            GetAllTest::tag,
            keys -> {
              assertEquals(List.of("d", "a", "b"), List.copyOf(keys));
              return upper(keys);
            });
    assertEquals(List.of("d", "c", "a", "b"), List.copyOf(all.keySet()));
    assertEquals("[D, cached, A, B]", all.values().toString());
    assertEquals(all, texts.getAll(List.of("a", "b", "c", "d"), GetAllTest::tag, noLoad()));
    assertEquals("D", texts.get("d", TAG, never()));
  }

  @Test
  void eachValueHasItsOwnTags() {
    texts.getAll(List.of("a", "b"), GetAllTest::tag, GetAllTest::upper);
    cache.invalidate(Tag.of("task", "a"));
    assertEquals(Optional.empty(), texts.getIfPresent("a"));
    assertEquals(Optional.of("B"), texts.getIfPresent("b"));
  }

  @Test
  void whatTheLoaderReadsAllDependOn() {
    texts.getAll(
        List.of("a", "b"),
        GetAllTest::tag,
        keys -> {
          texts.get("inner", OTHER, () -> "inner");
          return upper(keys);
        });
    cache.invalidate(OTHER);
    assertEquals(Optional.empty(), texts.getIfPresent("a"));
    assertEquals(Optional.empty(), texts.getIfPresent("b"));
  }

  @Test
  void whatDoesNotExistIsNotThere() {
    assertEquals(
        Map.of("a", "A"),
        texts.getAll(List.of("x", "a"), GetAllTest::tag, keys -> upper(Set.of("a"))));
    assertEquals(
        Map.of("a", "A", "x", "now"),
        texts.getAll(List.of("x", "a"), GetAllTest::tag, keys -> Map.of("x", "now")));
  }

  @Test
  void aNullIsAsGoodAsNothing() {
    Map<String, String> withNull = new HashMap<>();
    withNull.put("a", null);
    assertEquals(Map.of(), texts.getAll(List.of("a"), GetAllTest::tag, keys -> withNull));
    assertEquals(Optional.empty(), texts.getIfPresent("a"));
  }

  @Test
  void thatAValueDoesNotExistIsRememberedIfThatIsWished() {
    TypedCache<String> negative = texts.policy(CachePolicy.DEFAULT.negative(Duration.ofMinutes(1)));
    assertEquals(Map.of(), negative.getAll(List.of("x"), GetAllTest::tag, keys -> Map.of()));
    assertEquals(Map.of(), negative.getAll(List.of("x"), GetAllTest::tag, noLoad()));
    assertNull(negative.get("x", TAG, never()));
    cache.invalidate(Tag.of("task", "x"));
    assertEquals(
        Map.of("x", "X"), negative.getAll(List.of("x"), GetAllTest::tag, GetAllTest::upper));
  }

  @Test
  void aValueThatIsGoneIsForgotten() throws Exception {
    HeldLoader<Map<String, String>> empty = HeldLoader.of(Map.of());
    Reader<Map<String, String>> reader =
        Reader.start(() -> texts.getAll(List.of("a"), GetAllTest::tag, keys -> empty.load()));
    empty.awaitEntered();
    texts.get("a", Tag.of("task:a"), () -> "there");
    empty.release();
    assertEquals(Map.of(), reader.get());
    assertEquals(Optional.empty(), texts.getIfPresent("a"));
  }

  @Test
  void nothingIsLoadedForNoKeys() {
    assertEquals(Map.of(), texts.getAll(List.<String>of(), GetAllTest::tag, noLoad()));
  }

  @Test
  void whatTheLoaderAddsIsIgnored() {
    assertEquals(
        Map.of("a", "A"),
        texts.getAll(List.of("a"), GetAllTest::tag, keys -> Map.of("a", "A", "stranger", "S")));
    assertEquals(Optional.empty(), texts.getIfPresent("stranger"));
  }

  @Test
  void aFailureReachesTheReaderAndNothingIsCached() {
    IllegalStateException unchecked = new IllegalStateException("no data");
    assertSame(
        unchecked,
        assertThrows(
            IllegalStateException.class,
            () ->
                texts.getAll(
                    List.of("a", "b"),
                    GetAllTest::tag,
                    keys -> {
                      throw unchecked;
                    })));
    CacheLoadException checked =
        assertThrows(
            CacheLoadException.class,
            () ->
                texts.getAll(
                    List.of("a", "b"),
                    GetAllTest::tag,
                    keys -> {
                      throw new IOException("disk");
                    }));
    assertEquals(
        "the loader of key [a, b] failed: java.io.IOException: disk", checked.getMessage());
    assertEquals(0, cache.stats().size());
    assertEquals(2, cache.stats().loadFailures());
  }

  @Test
  void aLoaderThatReturnsNoMapIsToldSo() {
    NullPointerException e =
        assertThrows(
            NullPointerException.class,
            () -> texts.getAll(List.of("a"), GetAllTest::tag, keys -> null));
    assertEquals("the loader returned null and not a map", e.getMessage());
  }

  @Test
  void anInterruptedLoaderKeepsTheFlag() {
    assertThrows(
        CacheLoadException.class,
        () ->
            texts.getAll(
                List.of("a"),
                GetAllTest::tag,
                keys -> {
                  throw new InterruptedException();
                }));
    assertTrue(Thread.interrupted());
  }

  @Test
  void nobodyCanChangeTheKeysOrTheResult() {
    Map<String, String> all =
        texts.getAll(
            List.of("a"),
            GetAllTest::tag,
            keys -> {
              assertThrows(UnsupportedOperationException.class, keys::clear);
              return upper(keys);
            });
    assertThrows(UnsupportedOperationException.class, () -> all.put("b", "B"));
  }

  @Test
  void aKeyThatIsNoneIsRefused() {
    assertThrows(
        NullPointerException.class,
        () -> texts.getAll(Arrays.asList("a", null), GetAllTest::tag, noLoad()));
    assertThrows(
        IllegalArgumentException.class, () -> texts.getAll(List.of(1), key -> TAG, k -> Map.of()));
    assertThrows(
        IllegalArgumentException.class, () -> texts.getAll(List.of(""), GetAllTest::tag, noLoad()));
  }

  @Test
  void aKeyOfAnotherTypeIsRefused() {
    cache.typed(Integer.class).get("a", TAG, () -> 1);
    assertThrows(
        IllegalStateException.class, () -> texts.getAll(List.of("a"), GetAllTest::tag, noLoad()));
  }

  @Test
  void nothingIsFilledWhileTheCacheIsOff() {
    cache.bypass(true);
    assertEquals(Map.of("a", "A"), texts.getAll(List.of("a"), GetAllTest::tag, GetAllTest::upper));
    assertEquals(0, cache.stats().size());
    assertEquals(1, cache.stats().bypassed());
  }
}
