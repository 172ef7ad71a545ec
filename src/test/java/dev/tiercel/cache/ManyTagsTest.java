package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.OTHER;
import static dev.tiercel.cache.Caches.many;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many tags, and tags with any text. */
class ManyTagsTest {
  private final TieredCache cache = Caches.direct().build();
  private final TypedCache<String> texts = cache.typed(String.class);

  @AfterEach
  void close() {
    cache.close();
  }

  private boolean isCached(String key) {
    return texts.getIfPresent(key).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 1_000})
  void aValueFallsWithEachOfItsTags(int count) {
    for (int i : new int[] {0, count / 2, count - 1}) {
      texts.get("board:today", many("task", count), () -> "board");
      cache.invalidate(Tag.of("agent", "0"));
      cache.invalidate(Tag.of("tasks"));
      assertTrue(isCached("board:today"));
      cache.invalidate(Tag.of("task", Integer.toString(i)));
      assertFalse(isCached("board:today"), "tag " + i + " of " + count);
    }
  }

  @Test
  void aValueOfAThousandTagsTakesTheirKinds() {
    texts.get("few", many("task", 256), () -> "board");
    texts.get("many", many("task", 257), () -> "board");
    cache.invalidate(Tag.of("task", "5000"));
    assertTrue(isCached("few"));
    assertFalse(isCached("many"));
  }

  @Test
  void aValueOfAThousandKindsFallsWithAnyWrite() {
    List<Tag> kinds = new ArrayList<>();
    IntStream.range(0, 1_000).forEach(i -> kinds.add(Tag.of("kind" + i, "1")));
    texts.get("board:today", Tags.of(kinds), () -> "board");
    cache.invalidatePrefix("elsewhere");
    assertTrue(isCached("board:today"));
    cache.invalidate(OTHER);
    assertFalse(isCached("board:today"));
  }

  @ParameterizedTest
  @ValueSource(ints = {257, 1_000})
  void aValueOfTooManyTagsKeepsThePrefixesOfItsKey(int count) {
    texts.get("board:today:1", many("task", count), () -> "board");
    cache.invalidatePrefix("board:today:");
    assertFalse(isCached("board:today:1"));
    List<Tag> kinds = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> kinds.add(Tag.of("kind" + i, "1")));
    texts.get("board:today:1", Tags.of(kinds), () -> "board");
    cache.invalidatePrefix("board:");
    assertFalse(isCached("board:today:1"));
  }

  @Test
  void aWriteOfAThousandTagsVoidsEverything() {
    texts.get("a", OTHER, () -> "a");
    cache.invalidate(many("task", 256));
    assertTrue(isCached("a"));
    cache.invalidate(many("task", 1_000));
    assertFalse(isCached("a"));
    texts.get("a", OTHER, () -> "a");
    assertTrue(isCached("a"));
  }

  @Test
  void theSameTagManyTimesIsOne() {
    Tag[] same = new Tag[1_000];
    Arrays.fill(same, OTHER);
    texts.get("a", Tag.of("x"), () -> "a");
    cache.invalidate(Tags.of(same));
    assertTrue(isCached("a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a:b", "a*", "*", "?", "[a-c]", "100%", "%3A", "", " ", "é", "日本", "😀", "\u0000"})
  void anIdMayHoldAnything(String id) {
    Tag tag = Tag.of("task", id);
    String key = CacheKey.join("tasks", id, "page");
    texts.get(key, tag, () -> "value");
    for (Tag other : List.of(Tag.of("task", id + "x"), Tag.of("task", "x" + id), Tag.of("task"))) {
      cache.invalidate(other);
    }
    cache.invalidatePrefix(CacheKey.join("tasks", id + "x") + ":");
    cache.invalidatePrefix(CacheKey.join("tasks", id + "x"));
    cache.invalidateKey(CacheKey.join("tasks", id, "page2"));
    assertTrue(isCached(key));
    cache.invalidate(Tag.of("task", id));
    assertFalse(isCached(key));
    texts.get(key, tag, () -> "value");
    cache.invalidatePrefix(CacheKey.join("tasks", id) + ":");
    assertFalse(isCached(key));
    texts.get(key, tag, () -> "value");
    cache.invalidatePrefix(CacheKey.join("tasks", id, "pa"));
    assertFalse(isCached(key));
    texts.get(key, tag, () -> "value");
    cache.invalidatePattern(Glob.prefix(CacheKey.join("tasks", id)) + "?page");
    assertFalse(isCached(key));
  }

  @Test
  void anIdIsEscapedOnce() {
    assertEquals("task:a%3Ab%2A%3F%5B%25", Tag.of("task", "a:b*?[%").toString());
    assertEquals("tasks:a%3Ab:日本", CacheKey.join("tasks", "a:b", "日本"));
    assertNotEquals(Tag.of("task", "a:b"), Tag.of("task:a", "b"));
    assertEquals(Tag.of("task:42"), Tag.of("task", "42"));
  }

  @Test
  void aTagWithoutATextIsRefused() {
    assertEquals(
        "a tag must not be empty; name what the result shows",
        assertThrows(IllegalArgumentException.class, () -> Tag.of("")).getMessage());
    assertEquals(
        "the kind of a tag must not be empty, its id is 42",
        assertThrows(IllegalArgumentException.class, () -> Tag.of("", "42")).getMessage());
    assertThrows(NullPointerException.class, () -> Tag.of((String) null));
    assertThrows(NullPointerException.class, () -> Tags.of(OTHER, null));
  }

  @Test
  void aPrefixIsNotTheTagOfTheSameText() {
    texts.get("tasks:1", Tag.of("board"), () -> "by prefix");
    texts.get("board:1", Tag.of("tasks:"), () -> "by tag");
    cache.invalidate(Tag.of("tasks:"));
    assertTrue(isCached("tasks:1"));
    assertFalse(isCached("board:1"));
    texts.get("board:1", Tag.of("tasks:"), () -> "by tag");
    cache.invalidatePrefix("tasks:");
    assertEquals(Optional.empty(), texts.getIfPresent("tasks:1"));
    assertTrue(isCached("board:1"));
  }

  @Test
  void aPrefixOfMoreSegmentsThanHaveTagsIsStillOne() {
    String key = "a:b:c:d:e:f:g";
    for (String prefix : List.of("a:", "a:b:c:d:e:", "a:b:c:d:e:f:", "a:b:c:d:e:f:g")) {
      texts.get(key, OTHER, () -> "value");
      texts.get("a:b:c:d:e:", OTHER, () -> "value");
      texts.get("x" + key, OTHER, () -> "value");
      cache.invalidatePrefix(prefix);
      assertFalse(isCached(key), prefix);
      assertEquals(prefix.length() > 10, isCached("a:b:c:d:e:"), prefix);
      assertTrue(isCached("x" + key), prefix);
    }
  }

  @Test
  void anEmptyPrefixOrPatternIsRefused() {
    assertEquals(
        "an empty prefix would void everything; call invalidateAll() if that is meant",
        assertThrows(IllegalArgumentException.class, () -> cache.invalidatePrefix(""))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> cache.invalidatePattern(""));
    assertThrows(IllegalArgumentException.class, () -> cache.evictNow(""));
    assertThrows(NullPointerException.class, () -> cache.evictNow(null));
  }
}
