package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.TAG;
import static dev.tiercel.cache.Caches.never;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys and types: what they may be, and what is said of others. */
class KeyTest {
  private final TieredCache cache = Caches.direct().build();
  private final TypedCache<String> texts = cache.typed(String.class);

  @AfterEach
  void close() {
    cache.close();
  }

  private record PageKey(String agent, int page) implements CacheKey {
    @Override
    public String text() {
      return agent.isEmpty() ? "" : CacheKey.join("tasks", "agent", agent, "page", "" + page);
    }
  }

  @Test
  void aRecordIsAKeyAndFallsByItsText() {
    for (Runnable way :
        List.<Runnable>of(
            () -> cache.invalidateKey(new PageKey("a7", 4)),
            () -> cache.invalidateKey("tasks:agent:a7:page:4"),
            () -> cache.invalidatePrefix("tasks:agent:a7:"),
            () -> cache.invalidatePattern("tasks:*:page:4"))) {
      texts.get(new PageKey("a7", 4), TAG, () -> "page");
      assertEquals("page", texts.get(new PageKey("a7", 4), TAG, never()));
      way.run();
      assertEquals(Optional.empty(), texts.getIfPresent(new PageKey("a7", 4)));
    }
  }

  @Test
  void aSourceOfManyIsAskedOnlyForWhatIsMissing() {
    List<PageKey> asked = new ArrayList<>();
    CacheSource<PageKey, String> source =
        new CacheSource<>() {
          @Override
          public Tags tags(PageKey key) {
            return Tag.of("agent", key.agent());
          }

          @Override
          public String load(PageKey key) {
            asked.add(key);
            return "page " + key.page();
          }
        };
    assertEquals("page 4", texts.get(new PageKey("a7", 4), source));
    assertEquals("page 5", texts.get(new PageKey("a7", 5), source));
    assertEquals("page 4", texts.get(new PageKey("a7", 4), source));
    cache.invalidate(Tag.of("agent", "a7"));
    assertEquals("page 4", texts.get(new PageKey("a7", 4), source));
    assertEquals(List.of(new PageKey("a7", 4), new PageKey("a7", 5), new PageKey("a7", 4)), asked);
    assertThrows(IllegalArgumentException.class, () -> texts.get(new PageKey("", 1), source));
  }

  @Test
  void aKeyOfAnotherTypeIsRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> texts.get(42, TAG, never()));
    assertEquals(
        "a key is a String or a CacheKey, but this is a java.lang.Integer: 42; give its text, or"
            + " implement CacheKey",
        e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> texts.getIfPresent(42));
    assertThrows(IllegalArgumentException.class, () -> texts.put(42, "x", TAG, cache.stamp()));
    assertThrows(IllegalArgumentException.class, () -> texts.depend(42, TAG));
    assertThrows(IllegalArgumentException.class, () -> texts.refresh(42, TAG, never()));
    assertThrows(IllegalArgumentException.class, () -> cache.invalidateKey(42));
    assertThrows(IllegalArgumentException.class, () -> cache.explain(42));
  }

  @Test
  void nullIsRefused() {
    assertEquals(
        "key must not be null",
        assertThrows(NullPointerException.class, () -> texts.get(null, TAG, never())).getMessage());
    assertThrows(NullPointerException.class, () -> texts.getIfPresent(null));
    assertThrows(NullPointerException.class, () -> cache.invalidateKey(null));
    assertEquals(
        "tags must not be null",
        assertThrows(NullPointerException.class, () -> texts.get("a", null, never())).getMessage());
    assertEquals(
        "loader must not be null",
        assertThrows(NullPointerException.class, () -> texts.get("a", TAG, null)).getMessage());
    assertEquals(
        "value must not be null",
        assertThrows(NullPointerException.class, () -> texts.put("a", null, TAG, cache.stamp()))
            .getMessage());
    assertThrows(NullPointerException.class, () -> cache.typed((Class<String>) null));
    assertThrows(NullPointerException.class, () -> cache.typed((TypeRef<String>) null));
  }

  @Test
  void anEmptyKeyIsRefused() {
    for (Object empty : List.of("", new PageKey("", 1))) {
      assertEquals(
          "a key must not be empty",
          assertThrows(IllegalArgumentException.class, () -> texts.get(empty, TAG, never()))
              .getMessage());
      assertThrows(IllegalArgumentException.class, () -> texts.put(empty, "x", TAG, cache.stamp()));
      assertThrows(IllegalArgumentException.class, () -> cache.invalidateKey(empty));
      assertEquals(Optional.empty(), texts.getIfPresent(empty));
    }
  }

  @Test
  void aKeyOfAnotherValueTypeIsToldSo() {
    texts.get("a", TAG, () -> "text");
    TypedCache<Integer> numbers = cache.typed(Integer.class);
    for (IllegalStateException e :
        List.of(
            assertThrows(IllegalStateException.class, () -> numbers.get("a", TAG, never())),
            assertThrows(IllegalStateException.class, () -> numbers.getIfPresent("a")))) {
      assertEquals(
          "key a was cached as java.lang.String and is asked for as java.lang.Integer; use one key"
              + " for one type",
          e.getMessage());
    }
    cache.invalidate(TAG);
    assertEquals(1, numbers.get("a", TAG, () -> 1));
    assertEquals(1, numbers.get("a", TAG, never()));
  }

  @Test
  void aListOfTextsIsNoListOfNumbers() {
    cache.typed(new TypeRef<List<String>>() {}).get("a", TAG, () -> List.of("text"));
    TypedCache<List<Integer>> numbers = cache.typed(new TypeRef<List<Integer>>() {});
    assertThrows(IllegalStateException.class, () -> numbers.get("a", TAG, never()));
  }

  @Test
  void theSameTypeIsTheSameHoweverItIsNamed() {
    texts.get("a", TAG, () -> "text");
    assertEquals("text", cache.typed(new TypeRef<String>() {}).get("a", TAG, never()));
    cache.typed(new TypeRef<List<String>>() {}).get("b", TAG, () -> List.of("text"));
    assertEquals(
        List.of("text"), cache.typed(new TypeRef<List<String>>() {}).get("b", TAG, never()));
    assertEquals(new TypeRef<List<String>>() {}, new TypeRef<List<String>>() {});
    assertNotEquals(new TypeRef<List<String>>() {}, new TypeRef<List<Integer>>() {});
    assertEquals("java.util.List<java.lang.String>", new TypeRef<List<String>>() {}.toString());
  }

  /** Names another type than its own parameter. */
  private static class ListRef<T> extends TypeRef<List<T>> {}

  private static <T> TypeRef<T> unnamed() {
    return new TypeRef<T>() {};
  }

  @Test
  @SuppressWarnings({"rawtypes", "unchecked"})
  void aTypeThatIsNotNamedIsRefused() {
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> new TypeRef() {});
    assertEquals("name the type: new TypeRef<List<Task>>() {}", e.getMessage());
    assertThrows(IllegalStateException.class, KeyTest::unnamed);
    assertThrows(IllegalStateException.class, () -> new ListRef<String>() {});
  }
}
